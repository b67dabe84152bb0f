using System.Globalization;

namespace Ndt.Benchmarks;

/// <summary>What the command says while it works, on standard error.</summary>
internal static class Progress
{
    /// <summary>One line with the time of day.</summary>
    public static void Say(string line) => Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{DateTime.Now:HH:mm:ss} {line}"));
}
