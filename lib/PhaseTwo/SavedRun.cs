using Ndt.Runs;


namespace Ndt.PhaseTwo;

/// <summary>A run whose states at all steps of a plan are on disk.</summary>
/// <param name="Architecture">Name in the catalogue.</param>
/// <param name="Dataset">Name of the dataset.</param>
/// <param name="Protocol">Name of the protocol.</param>
/// <param name="Seed">The run's seed.</param>
/// <param name="Files">The checkpoint of each step, by optimiser updates done, ascending.</param>
public sealed record SavedRun(string Architecture, string Dataset, string Protocol, int Seed, IReadOnlyDictionary<int, string> Files)
{
    /// <summary>
    /// The plan's runs that are whole in one of the folders, in the plan's order; the first folder that has a run gives it. Looked for are
    /// <c>FOLDER/PROTOCOL/NAME/step_00100.safetensors</c> and what <c>ndt sweep --checkpoint-plan</c> writes,
    /// <c>FOLDER/PROTOCOL/checkpoints/NAME/step_00100.safetensors</c>. Folders that do not exist hold none.
    /// </summary>
    /// <exception cref="InputException">There is no whole run at all.</exception>
    public static IReadOnlyList<SavedRun> Find(CheckpointPlan plan, params string[] folders)
    {
        var found = new List<SavedRun>();
        foreach (var cell in plan.Cells)
        {
            foreach (var protocol in plan.Protocols)
            {
                foreach (var seed in plan.Seeds)
                {
                    var name = RunSpec.NameOf(cell.Architecture, cell.Dataset, seed);
                    var whole = folders
                        .SelectMany(folder => new[] { Path.Combine(folder, protocol), RunCheckpoints.FolderIn(Path.Combine(folder, protocol)) })
                        .Select(folder => plan.Steps.ToDictionary(step => step, step => Path.Combine(folder, name, RunCheckpoints.FileName(step))))
                        .FirstOrDefault(files => files.Values.All(File.Exists));
                    if (whole is not null)
                    {
                        found.Add(new SavedRun(cell.Architecture, cell.Dataset, protocol, seed, whole));
                    }
                }
            }
        }

        return found.Count > 0
            ? found
            : throw new InputException($"{string.Join(", ", folders)}: no run of the plan has its states at updates {string.Join(", ", plan.Steps)}; ndt sweep --checkpoint-plan makes them");
    }
}
