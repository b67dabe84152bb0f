using System.Text.Json.Nodes;
using Ndt.Cli.Notebooks;

namespace Ndt.Cli.Pages;

/// <summary>How much of something a page shows.</summary>
internal enum Visibility
{
    /// <summary>All of it.</summary>
    Shown,

    /// <summary>A line that opens it.</summary>
    Folded,

    /// <summary>Nothing.</summary>
    Removed,
}

/// <summary>What a page shows of a cell, by the tags of nbconvert and Jupyter Book (with a hyphen or an underscore) and by what JupyterLab keeps of a folded cell.</summary>
/// <param name="Input">Its code or text; a page folds code anyway.</param>
/// <param name="Outputs">Its outputs.</param>
/// <param name="Streams">Streams that are left out.</param>
internal readonly record struct CellVisibility(Visibility Input, Visibility Outputs, IReadOnlyList<string> Streams)
{
    /// <summary>What its tags and metadata ask for.</summary>
    public static CellVisibility Of(NotebookCell cell)
    {
        var tags = cell.Tags.Select(tag => tag.Replace('_', '-').ToLowerInvariant()).ToHashSet();
        var metadata = cell.Json["metadata"] as JsonObject;
        var jupyter = metadata?["jupyter"] as JsonObject;
        return new CellVisibility(
            Choose(tags.Overlaps(["remove-cell", "remove-input"]), tags.Overlaps(["hide-cell", "hide-input"]) || IsTrue(jupyter?["source_hidden"])),
            Choose(tags.Overlaps(["remove-cell", "remove-output", "remove-outputs"]), tags.Overlaps(["hide-cell", "hide-output", "hide-outputs"]) || IsTrue(jupyter?["outputs_hidden"]) || IsTrue(metadata?["collapsed"])),
            [.. ((string[])["stdout", "stderr"]).Where(stream => tags.Contains("remove-" + stream))]);

        static Visibility Choose(bool removed, bool folded) => removed ? Visibility.Removed : folded ? Visibility.Folded : Visibility.Shown;

        static bool IsTrue(JsonNode? node) => node is JsonValue value && value.TryGetValue<bool>(out var flag) && flag;
    }

    /// <summary>Whether an output goes to a stream that is left out.</summary>
    public bool IsRemoved(JsonObject output) => CellOutputs.StreamName(output) is { } name && Streams.Contains(name);
}
