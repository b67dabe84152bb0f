using System.Text.Json;
using Ndt.Training;

namespace Ndt.Runs;

/// <summary>A plan of checkpoints: which runs, and after how many updates their state is kept (<c>data/checkpoint_plan.json</c> is that of the modified phase 2).</summary>
/// <param name="Cells">The architectures, each on its dataset.</param>
/// <param name="Protocols">The protocols that each cell runs with: the study's, and controls.</param>
/// <param name="Seeds">The seeds of each.</param>
/// <param name="Steps">Optimiser updates done, ascending; 0 is the initial state.</param>
public sealed record CheckpointPlan(IReadOnlyList<GridCell> Cells, IReadOnlyList<string> Protocols, IReadOnlyList<int> Seeds, IReadOnlyList<int> Steps)
{
    /// <summary>Reads a plan.</summary>
    /// <exception cref="InputException">The file is missing or no plan; names file, field, what was found and what would be right.</exception>
    public static CheckpointPlan Read(string path)
    {
        InputFile.RefuseFolder(path, "a plan, such as data/checkpoint_plan.json,");
        try
        {
            var plan = JsonSerializer.Deserialize<Written>(InputFile.ReadAllBytes(path), JsonFile.Options) ?? throw new InputException("is empty");
            foreach (var protocol in plan.Protocols)
            {
                _ = Protocol.Find(protocol ?? "null");
            }

            return new CheckpointPlan(
                GridCell.Checked(plan.Cells), FieldList.Distinct("protocols", plan.Protocols), FieldList.Distinct("seeds", FromZero("seeds", plan.Seeds)),
                [.. FieldList.Distinct("steps", FromZero("steps", plan.Steps)).Order()]);
        }
        catch (JsonException e)
        {
            throw new InputException($"{path}: not a readable plan: {JsonFile.Reason(e)}", e);
        }
        catch (InputException e) when (!e.Message.StartsWith(path, StringComparison.Ordinal))
        {
            throw new InputException($"{path}: {e.Message}", e);
        }
    }

    private static IReadOnlyList<int> FromZero(string field, IReadOnlyList<int> numbers) =>
        numbers.Any(number => number < 0) ? throw new InputException($"field {field} holds {numbers.Min()}; expected whole numbers from 0") : numbers;

    private sealed record Written
    {
        public required string Description { get; init; }

        public required GridCell[] Cells { get; init; }

        public required string[] Protocols { get; init; }

        public required int[] Seeds { get; init; }

        public required int[] Steps { get; init; }
    }
}
