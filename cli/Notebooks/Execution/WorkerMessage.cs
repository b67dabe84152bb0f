using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Ndt.Cli.Notebooks.Execution;

/// <summary>
/// What the command and the process that runs its cells say to each other: one JSON object a line.
/// To the worker go <see cref="Run"/> and <see cref="Stop"/>, the rest comes back.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "is")]
[JsonDerivedType(typeof(Run), "run")]
[JsonDerivedType(typeof(Stop), "stop")]
[JsonDerivedType(typeof(Begun), "begun")]
[JsonDerivedType(typeof(Printed), "stream")]
[JsonDerivedType(typeof(Shown), "display")]
[JsonDerivedType(typeof(Returned), "result")]
[JsonDerivedType(typeof(Failed), "error")]
[JsonDerivedType(typeof(Done), "done")]
internal abstract record WorkerMessage
{
    private static readonly JsonSerializerOptions Options = new() { MaxDepth = 512 };

    /// <summary>The message's line.</summary>
    public string ToLine() => JsonSerializer.Serialize(this, Options);

    /// <summary>The message of a line.</summary>
    public static WorkerMessage Parse(string line) =>
        JsonSerializer.Deserialize<WorkerMessage>(line, Options) ?? throw new FormatException("an empty message");

    /// <summary>Run a cell; no limit where <paramref name="Seconds"/> is null.</summary>
    public sealed record Run(string Code, int Number, double? Seconds, string Language) : WorkerMessage;

    /// <summary>Interrupt the running cell.</summary>
    public sealed record Stop : WorkerMessage;

    /// <summary>The cell begins: the process has started, and what it takes for a start is over.</summary>
    public sealed record Begun : WorkerMessage;

    /// <summary>Text printed.</summary>
    public sealed record Printed(string Name, string Text) : WorkerMessage;

    /// <summary>A value shown, or shown in the place of another.</summary>
    public sealed record Shown(JsonObject Data, JsonObject Metadata, string Id, bool IsUpdate) : WorkerMessage;

    /// <summary>The cell's last value.</summary>
    public sealed record Returned(JsonObject Data, JsonObject Metadata) : WorkerMessage;

    /// <summary>Why the cell failed.</summary>
    public sealed record Failed(CellError Error) : WorkerMessage;

    /// <summary>The cell is over.</summary>
    public sealed record Done : WorkerMessage;
}
