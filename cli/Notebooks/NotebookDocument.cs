using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Ndt.Cli.Notebooks;

/// <summary>
/// A notebook file (nbformat 4): read whole, changed in place and written back, so that whatever other tools keep in it
/// survives. Older minor versions are raised to 4.5, and every cell is given what that asks for: an id, and for code its outputs
/// and number, where they are missing.
/// </summary>
internal sealed partial class NotebookDocument
{
    private readonly JsonObject root;
    private readonly List<NotebookCell> cells;

    private NotebookDocument(JsonObject root, List<NotebookCell> cells)
    {
        this.root = root;
        this.cells = cells;
    }

    /// <summary>The cells from top to bottom.</summary>
    public IReadOnlyList<NotebookCell> Cells => cells;

    /// <summary>The notebook's own metadata.</summary>
    public JsonObject Metadata => root["metadata"]!.AsObject();

    /// <summary>The text of the first top heading, or null.</summary>
    public string? Title => cells.Where(c => c.Type == "markdown")
        .SelectMany(c => c.Source.Split('\n'))
        .FirstOrDefault(line => line.StartsWith("# ", StringComparison.Ordinal))?[2..].Trim();

    /// <summary>Reads a notebook; throws <see cref="InputException"/> naming the file, the field and what was found where it is not one.</summary>
    public static NotebookDocument Read(string path)
    {
        try
        {
            var bytes = File.ReadAllBytes(path);
            return Parse(() => StrictJson.Parse(bytes), path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"{path}: cannot be read ({e.Message}); a notebook file (.ipynb) is expected", e);
        }
    }

    /// <summary>Reads a notebook's text; <paramref name="name"/> is what errors call it.</summary>
    public static NotebookDocument Parse(string text, string name) => Parse(() => StrictJson.Parse(text), name);

    /// <summary>Reads a notebook that will be run, and perhaps overwritten: as <see cref="Read"/>, and another language's is refused.</summary>
    public static NotebookDocument ReadToRun(string path)
    {
        var document = Read(path);
        NotebookLanguage.Require(document, path);
        return document;
    }

    private static NotebookDocument Parse(Func<JsonNode?> parse, string name)
    {
        JsonNode? node;
        try
        {
            node = parse();
        }
        catch (DecoderFallbackException e)
        {
            throw new InputException($"{name}: a text in it is not Unicode (bytes that are not UTF-8, or half a surrogate pair); a notebook file (.ipynb) is expected", e);
        }
        catch (JsonException e)
        {
            throw new InputException($"{name}: not JSON (line {e.LineNumber + 1}); a notebook file (.ipynb) is expected", e);
        }

        if (node is not JsonObject root)
        {
            throw new InputException($"{name}: the file holds {Kind(node)}; a notebook is a JSON object");
        }

        RequireVersion(root, name);
        if (root["cells"] is not JsonArray array)
        {
            throw new InputException($"{name}: field cells is {Kind(root["cells"])}; a list of cells is expected");
        }

        root["metadata"] ??= new JsonObject();
        RequireObject(root, "metadata", name);
        var cells = array.Select((cell, i) => ReadCell(cell, $"{name}: cells[{i.ToString(CultureInfo.InvariantCulture)}]")).ToList();
        var document = new NotebookDocument(root, cells);
        document.RaiseToCurrentMinor();
        return document;
    }

    /// <summary>The notebook as Jupyter would write it.</summary>
    public string ToText()
    {
        root["cells"]!.AsArray().Clear();
        foreach (var cell in cells)
        {
            root["cells"]!.AsArray().Add((JsonNode)cell.Json);
        }

        return NotebookJson.Write(root);
    }

    /// <summary>Writes the notebook, whole or not at all.</summary>
    public void Save(string path) => AtomicFile.WriteText(path, ToText());

    /// <summary>Puts a cell at a place.</summary>
    public void Insert(int index, NotebookCell cell) => cells.Insert(index, cell);

    /// <summary>Takes a cell out.</summary>
    public void Remove(NotebookCell cell) => cells.Remove(cell);

    /// <summary>
    /// Makes the metadata say the same after every run: this host's kernel and language, and no times of execution
    /// (nbclient's <c>execution</c>), which differ from run to run and mean nothing to a reader.
    /// </summary>
    public void NormaliseMetadata()
    {
        Metadata["kernelspec"] = new JsonObject { ["display_name"] = HostIdentity.DisplayName, ["language"] = HostIdentity.Language, ["name"] = HostIdentity.KernelName };
        Metadata["language_info"] = HostIdentity.LanguageInfo();
        foreach (var cell in cells)
        {
            (cell.Json["metadata"] as JsonObject)?.Remove("execution");
        }
    }

    private static void RequireVersion(JsonObject root, string name)
    {
        if (root["nbformat"] is not JsonValue value || !value.TryGetValue<int>(out var major) || major != 4)
        {
            throw new InputException($"{name}: field nbformat is {Show(root["nbformat"])}; this host reads nbformat 4{(root["worksheets"] is JsonArray ? " (jupyter nbconvert --to notebook raises an older one)" : "")}");
        }
    }

    private static NotebookCell ReadCell(JsonNode? node, string place)
    {
        if (node is not JsonObject cell)
        {
            throw new InputException($"{place} is {Kind(node)}; a cell is an object");
        }

        if (cell["cell_type"] is not JsonValue value || !value.TryGetValue<string>(out var type) || type is not ("code" or "markdown" or "raw"))
        {
            throw new InputException($"{place}: field cell_type is {Show(cell["cell_type"])}; code, markdown or raw is expected");
        }

        if (cell["source"] is not JsonArray && !(cell["source"] is JsonValue source && source.TryGetValue<string>(out _)))
        {
            throw new InputException($"{place}: field source is {Kind(cell["source"])}; a string or a list of lines is expected");
        }

        cell["metadata"] ??= new JsonObject();
        RequireObject(cell, "metadata", place);
        RequireObject(cell, "attachments", place);
        RequireOutputs(cell, place);
        if (type == "code")
        {
            CompleteOutputs(cell);
        }

        return new NotebookCell(cell);
    }

    /// <summary>What every version of the format asks of a code cell, and some tools leave out where there is nothing.</summary>
    private static void CompleteOutputs(JsonObject cell)
    {
        cell["outputs"] ??= new JsonArray();
        cell.TryAdd("execution_count", null);
        foreach (var output in cell["outputs"]!.AsArray().OfType<JsonObject>().Where(o => o.ContainsKey("data")))
        {
            output["metadata"] ??= new JsonObject();
            if (output["output_type"]?.ToString() == "execute_result")
            {
                output.TryAdd("execution_count", null);
            }
        }
    }

    private static void RequireOutputs(JsonObject cell, string place)
    {
        if (cell["outputs"] is not (null or JsonArray))
        {
            throw new InputException($"{place}: field outputs is {Kind(cell["outputs"])}; a list is expected");
        }

        foreach (var (i, output) in (cell["outputs"] as JsonArray ?? []).Index())
        {
            var where = string.Create(CultureInfo.InvariantCulture, $"{place}.outputs[{i}]");
            if (output is not JsonObject fields)
            {
                throw new InputException($"{where} is {Kind(output)}; an output is an object");
            }

            RequireObject(fields, "data", where);
        }
    }

    private static void RequireObject(JsonObject owner, string field, string place)
    {
        if (owner[field] is not (null or JsonObject))
        {
            throw new InputException($"{place}: field {field} is {Kind(owner[field])}; an object is expected");
        }
    }

    private void RaiseToCurrentMinor()
    {
        if (root["nbformat_minor"] is not JsonValue value || !value.TryGetValue<int>(out var minor) || minor < 5)
        {
            root["nbformat_minor"] = 5;
        }

        var taken = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < cells.Count; i++)
        {
            if (!(cells[i].Json["id"] is JsonValue id && id.TryGetValue<string>(out var text) && ValidId().IsMatch(text) && taken.Add(text)))
            {
                cells[i].Id = NewId(i, cells[i].Source, taken);
            }
        }
    }

    /// <summary>An id from the cell's place and text: the same whenever the same file is read again.</summary>
    private static string NewId(int index, string source, HashSet<string> taken)
    {
        for (var attempt = 0; ; attempt++)
        {
            var seed = string.Create(CultureInfo.InvariantCulture, $"{index}/{attempt}/{source}");
            var id = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(seed)))[..8];
            if (taken.Add(id))
            {
                return id;
            }
        }
    }

    private static string Kind(JsonNode? node) => node switch
    {
        null => "missing",
        JsonObject => "an object",
        JsonArray => "a list",
        _ => Show(node),
    };

    private static string Show(JsonNode? node)
    {
        var text = node?.ToJsonString() ?? "missing";
        return text.Length <= 40 ? text : string.Concat(text.AsSpan(0, 40), "…");
    }

    [GeneratedRegex("^[a-zA-Z0-9-_]{1,64}$")]
    private static partial Regex ValidId();
}
