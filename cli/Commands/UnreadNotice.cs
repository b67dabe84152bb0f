using Ndt.Checkpoints;

namespace Ndt.Cli.Commands;

/// <summary>One line about what a file holds besides its arrays.</summary>
internal static class UnreadNotice
{
    private const int MostNamed = 5;

    /// <summary>The line, or null where there is nothing to say.</summary>
    public static string? Of(string path, IReadOnlyList<LeftOutValue> unread) => unread.Count == 0
        ? null
        : Printable.Line($"ndt: {path}: {string.Join("; ", unread.Take(MostNamed))}{(unread.Count > MostNamed ? $"; and {unread.Count - MostNamed} more" : "")}");
}
