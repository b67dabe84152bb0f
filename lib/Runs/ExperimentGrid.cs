using System.Text.Json;
using Ndt.Data;
using Ndt.Models;

namespace Ndt.Runs;

/// <summary>A grid file: the cells that a sweep runs, and its protocol (<c>data/grid.json</c> holds the study's 55).</summary>
/// <param name="Protocol">Name of the protocol.</param>
/// <param name="Cells">The cells, each once.</param>
public sealed record ExperimentGrid(string Protocol, IReadOnlyList<GridCell> Cells)
{
    /// <summary>Reads a grid. Throws <see cref="InputException"/> naming file, cell and field.</summary>
    public static ExperimentGrid Read(string path)
    {
        InputFile.RefuseFolder(path, "a grid file, such as data/grid.json,");
        try
        {
            using var document = JsonDocument.Parse(InputFile.ReadAllBytes(path));
            var root = document.RootElement;
            var protocol = Text(path, "the grid", root, "protocol");
            if (!root.TryGetProperty("cells", out var list) || list.ValueKind != JsonValueKind.Array || list.GetArrayLength() == 0)
            {
                throw new InputException($"{path}: field cells is missing or empty; expected a list of {{ architecture, dataset }}");
            }

            var cells = list.EnumerateArray().Select((cell, i) => new GridCell(Text(path, $"cell {i}", cell, "architecture"), Text(path, $"cell {i}", cell, "dataset"))).ToArray();
            foreach (var cell in cells)
            {
                _ = ArchitectureCatalogue.Find(cell.Architecture);
                _ = DatasetCatalogue.Get(cell.Dataset);
            }

            if (cells.GroupBy(cell => cell).FirstOrDefault(group => group.Count() > 1) is { Key: var twice })
            {
                throw new InputException($"{path}: cell {twice.Architecture} on {twice.Dataset} stands there twice");
            }

            return new ExperimentGrid(Training.Protocol.Find(protocol).Name, cells);
        }
        catch (JsonException e)
        {
            throw new InputException($"{path}: not a readable grid: {JsonFile.Reason(e)}", e);
        }
        catch (InvalidOperationException e)
        {
            throw new InputException($"{path}: a text in it is not Unicode", e);
        }
        catch (InputException e) when (!e.Message.StartsWith(path, StringComparison.Ordinal))
        {
            throw new InputException($"{path}: {e.Message}", e);
        }
    }

    private static string Text(string path, string where, JsonElement element, string field) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(field, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()!
            : throw new InputException($"{path}: {where}: field {field} is missing or no text");
}
