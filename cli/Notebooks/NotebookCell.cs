using System.Text.Json.Nodes;
using Ndt.Cli.Notebooks.Directives;

namespace Ndt.Cli.Notebooks;

/// <summary>One cell: a view over its JSON, so that fields this host does not know survive.</summary>
internal sealed class NotebookCell(JsonObject json)
{
    /// <summary>The tag of cells whose error is part of the story (nbclient's).</summary>
    public const string RaisesTag = "raises-exception";

    /// <summary>The cell's JSON.</summary>
    public JsonObject Json { get; } = json;

    /// <summary><c>code</c>, <c>markdown</c> or <c>raw</c>.</summary>
    public string Type => Json["cell_type"]!.GetValue<string>();

    /// <summary>Whether the cell holds code.</summary>
    public bool IsCode => Type == "code";

    /// <summary>The cell's id, unique in its notebook.</summary>
    public string Id
    {
        get => Json["id"]?.GetValue<string>() ?? "";
        set => Json["id"] = value;
    }

    /// <summary>The cell's text.</summary>
    public string Source
    {
        get => MultilineText.Read(Json["source"]);
        set => Json["source"] = MultilineText.Write(value);
    }

    /// <summary>The cell's tags.</summary>
    public IReadOnlyList<string> Tags =>
        Json["metadata"]?["tags"] is JsonArray tags ? [.. tags.Select(t => MultilineText.Read(t))] : [];

    /// <summary>The kernel of the cell's language, as VS Code and .NET Interactive keep it in the metadata; C# where nothing is said.</summary>
    public string Language => new[] { ("polyglot_notebook", "kernelName"), ("dotnet_interactive", "language"), ("vscode", "languageId") }
        .Select(place => (Json["metadata"]?[place.Item1] as JsonObject)?[place.Item2] is JsonValue value && value.TryGetValue<string>(out var language) ? language : "")
        .FirstOrDefault(language => language.Length > 0) is { } named ? CellProgram.KernelOf(named) : CellProgram.CSharp;

    /// <summary>Whether a run runs the cell: code, and not tagged <c>skip-execution</c> (nbclient's).</summary>
    public bool IsRun => IsCode && !string.IsNullOrWhiteSpace(Source) && !Tags.Contains("skip-execution");

    /// <summary>Whether the cell's error is part of the story: tagged <see cref="RaisesTag"/>.</summary>
    public bool MayFail => Tags.Contains(RaisesTag);

    /// <summary>Stored outputs of a code cell; setting replaces them all.</summary>
    public JsonArray Outputs
    {
        get
        {
            if (Json["outputs"] is not JsonArray)
            {
                Json["outputs"] = new JsonArray();
            }

            return Json["outputs"]!.AsArray();
        }
        set => Json["outputs"] = value;
    }

    /// <summary>The number the cell ran under; null when it has not run.</summary>
    public int? ExecutionCount
    {
        get => Json["execution_count"] is JsonValue v && v.TryGetValue<int>(out var count) ? count : null;
        set => Json["execution_count"] = value;
    }

    /// <summary>A new code cell without outputs.</summary>
    public static NotebookCell Code(string id, string source, params string[] tags)
    {
        var metadata = new JsonObject();
        if (tags.Length > 0)
        {
            metadata["tags"] = new JsonArray([.. tags.Select(t => (JsonNode)t)]);
        }

        return new NotebookCell(new JsonObject
        {
            ["cell_type"] = "code",
            ["execution_count"] = null,
            ["id"] = id,
            ["metadata"] = metadata,
            ["outputs"] = new JsonArray(),
            ["source"] = MultilineText.Write(source),
        });
    }
}
