using System.Text.Json;

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
            var grid = JsonSerializer.Deserialize<Written>(InputFile.ReadAllBytes(path), JsonFile.Options) ?? throw new InputException("is empty");
            return new ExperimentGrid(Training.Protocol.Find(grid.Protocol).Name, GridCell.Checked(grid.Cells));
        }
        catch (JsonException e)
        {
            throw new InputException($"{path}: not a readable grid: {JsonFile.Reason(e)}", e);
        }
        catch (InputException e) when (!e.Message.StartsWith(path, StringComparison.Ordinal))
        {
            throw new InputException($"{path}: {e.Message}", e);
        }
    }

    private sealed record Written
    {
        public string Description { get; init; } = "";

        public required string Protocol { get; init; }

        public required GridCell[] Cells { get; init; }
    }
}
