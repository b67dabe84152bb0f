using System.CommandLine;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Ndt.Cli;

/// <summary>What a command prints for a program: one JSON value, indented, its texts as they are, a line end after it.</summary>
internal static class JsonOutput
{
    private static readonly JsonWriterOptions Options = new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The option <c>--json</c>.</summary>
    /// <param name="what">What it prints: "one JSON object with …".</param>
    public static Option<bool> Option(string what) => new("--json") { Description = $"Prints {what} in place of text." };

    /// <summary>The text of a value.</summary>
    public static string Of(Action<Utf8JsonWriter> write)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, Options))
        {
            write(writer);
        }

        return Encoding.UTF8.GetString(stream.GetBuffer().AsSpan(0, (int)stream.Length)) + "\n";
    }
}
