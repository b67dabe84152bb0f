using Ndt.Data;
using Ndt.Records;
using Ndt.Torch;
using Ndt.Training;
using static TorchSharp.torch;

namespace Ndt.Runs;

/// <summary>
/// What a run leaves when it is interrupted, beside where its record will be: <c>FOLDER/NAME.interrupted/</c> with its state
/// (<c>step_00700.safetensors</c> and <c>.parquet</c>, see <see cref="RunState"/>) and <c>SHA256SUMS</c>.
/// </summary>
/// <remarks>
/// The list of hashes is written last and names the state that counts: until a newer one is whole the older one
/// counts. A state that is incomplete or damaged is never resumed. A process that is killed outright leaves
/// nothing. Only one process may keep or remove a run's state at a time (<see cref="RunFile.TryTake"/>).
/// </remarks>
public sealed class InterruptedRun
{
    private const string HashList = "SHA256SUMS";

    private readonly RunSpec spec;

    /// <summary>The state of a run whose record goes to a folder; it need not be there.</summary>
    public InterruptedRun(RunSpec spec, string folder) => (this.spec, Folder) = (spec, Path.Combine(folder, $"{spec.Name}.interrupted"));

    /// <summary>The folder of the state.</summary>
    public string Folder { get; }

    /// <summary>Whether there is a state; not whether it is whole.</summary>
    public bool Exists => File.Exists(HashListPath);

    private string HashListPath => Path.Combine(Folder, HashList);

    /// <summary>The state to go on from; null where there is none.</summary>
    /// <param name="load">Loads the data of a seed.</param>
    /// <param name="checkpoints">The checkpoints that the whole run keeps: those before the state have to be there.</param>
    /// <exception cref="InputException">There is one, but it is damaged, of another run, made by other versions, on another processor or other data, or lacks a checkpoint before it; names the file and what would be right.</exception>
    public RunState? Read(Func<int, TrainingData> load, RunCheckpoints? checkpoints = null)
    {
        if (!Exists)
        {
            return null;
        }

        var state = ReadWhole();
        var device = TorchDevice.Find(spec.Device);
        state.RequireOf(spec, load(spec.Seed), device);
        var details = state.Before.Metadata.Details;
        RunDifference[] makers = [.. RunEnvironment.MakersOfBits(device).SelectMany(maker => RunDifference.Unequal(maker.Key, details.GetValueOrDefault(maker.Key), maker.Value))];
        if (makers.Length > 0)
        {
            throw new InputException($"{Folder}: {RunDifference.Say(makers)}, with which the run could go on to other bits");
        }

        return checkpoints?.AreWholeUpTo(spec, state.StepsDone) == false
            ? throw new InputException($"{Folder}: the run had kept other checkpoints before update {state.StepsDone} than are wanted now")
            : state;
    }

    /// <summary>Removes the state, now that the run is finished; one of another run of the same name, such as with more steps, is left.</summary>
    public void Remove()
    {
        if (Directory.Exists(Folder) && !IsOfAnotherRun())
        {
            Directory.Delete(Folder, recursive: true);
        }
    }

    /// <summary>Keeps the present state, in place of an older one.</summary>
    internal void Keep(nn.Module<Tensor, Tensor> network, Trainer trainer, RunRecord before)
    {
        var path = Path.Combine(Folder, RunCheckpoints.FileName(trainer.StepsDone));
        RunState.Write(path, spec, network, trainer, before);
        string[] files = [path, RunState.RecordPathOf(path)];
        HashManifest.Write(HashListPath, files.ToDictionary(file => Path.GetFileName(file), file => Digest.Sha256Of(File.ReadAllBytes(file))));
        foreach (var older in Directory.EnumerateFiles(Folder).Except([.. files, HashListPath]))
        {
            File.Delete(older);
        }
    }

    private RunState ReadWhole()
    {
        var hashes = HashManifest.Read(HashListPath);
        foreach (var (name, expected) in hashes)
        {
            var path = Path.Combine(Folder, Path.GetFileName(name));
            if (Digest.Sha256Of(InputFile.ReadAllBytes(path)) is var found && found != expected)
            {
                throw new InputException($"{path}: its {found} is not the {expected} of {HashList}: it is damaged");
            }
        }

        return hashes.Keys.FirstOrDefault(name => Path.GetExtension(name) == ".safetensors") is { } state
            ? RunState.Read(Path.Combine(Folder, Path.GetFileName(state)))
            : throw new InputException($"{HashListPath}: names no state; expected step_NUMBER.safetensors and .parquet");
    }

    private bool IsOfAnotherRun()
    {
        try
        {
            return Exists && !ReadWhole().IsOf(spec);
        }
        catch (InputException)
        {
            return false; // damaged: of no use to any run
        }
    }
}
