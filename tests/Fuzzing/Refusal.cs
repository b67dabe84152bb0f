namespace Ndt.Tests.Fuzzing;

/// <summary>What a refusal has to look like: one printable line that names the file, at a cost in proportion.</summary>
internal static class Refusal
{
    private const int LongestMessage = 2100;
    private const long MostBytes = 100 << 20;

    /// <summary>What is wrong with a message about a file in <paramref name="folder"/>; null where nothing is.</summary>
    public static string? Complaint(string message, string folder) =>
        message.Any(char.IsControl) || message.AsSpan().ContainsAny('\u2028', '\u2029') ? $"the message is not one printable line: {message}"
        : message.Length > LongestMessage ? $"the message has {message.Length} characters"
        : message.Contains(folder, StringComparison.Ordinal) ? null
        : $"the message does not name the file: {message}";

    /// <summary>Asserts that reading a file is refused, and gives the message.</summary>
    public static string Of(string path, Action<string> read)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        var message = Assert.Throws<InputException>(() => read(path)).Message;
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, MostBytes);
        Assert.StartsWith(path, message, StringComparison.Ordinal);
        Assert.Null(Complaint(message, path));
        return message;
    }
}
