using System.Buffers.Binary;
using Ndt.Checkpoints;
using Ndt.Claims;
using Ndt.Claims.Ledger;
using Ndt.Claims.Later;
using Ndt.Records;
using Ndt.Runs;

namespace Ndt.Tests.Fuzzing;

/// <summary>Records, plans, and the tables of the ledger.</summary>
internal static class RecordTargets
{
    // For each byte 64 rows are believed at most (ParquetTable), of some 40 columns of 8 bytes.
    private const int ParquetBytesPerByte = 64 * 8 * 40;

    public static IReadOnlyList<FuzzTarget> All { get; } =
    [
        new("study JSON", "run.json", StudyFiles, TextMutation.OfJson, path => StudyJson.Read(path)) { Cases = 400 },
        new("study JSON, its bytes", "run.json", StudyFiles, Mutation.OfBytes, path => StudyJson.Read(path)) { Cases = 400 },
        Parquet("Parquet records", Mutation.OfBytes),
        Parquet("Parquet records, their metadata", (bytes, random) => Mutation.OfEnd(bytes, FooterLength(bytes), random)),
        new("a run's state, its record", "step.parquet", () => [StateRecord()], Mutation.OfBytes, path => RunState.Read(Path.ChangeExtension(path, ".safetensors")))
        {
            Prepare = folder => SafetensorsFile.Write(Path.Combine(folder, "step.safetensors"), StateCheckpoint()),
            BytesPerByte = ParquetBytesPerByte,
            Cases = 200,
        },
        Json("grid", "grid.json", path => ExperimentGrid.Read(path)),
        Json("checkpoint plan", "checkpoint_plan.json", path => CheckpointPlan.Read(path)),
        Json("decision rule of phase 2", "phase2_rule.json", path => PhaseTwoRule.Read(path)),
        .. SummaryFiles.Select(Csv),
    ];

    private static string[] SummaryFiles => [StudySummary.TalliesFile, StudySummary.PhaseTwoFile, TransitionFile.Name];

    private static FuzzTarget Parquet(string name, Func<byte[], Random, byte[]> mutate) => new(name, "run.parquet", ParquetFiles, mutate, path => RecordParquet.Read(path))
    {
        BytesPerByte = ParquetBytesPerByte,
        Cases = 500,
    };

    private static FuzzTarget Json(string name, string file, Action<string> read) => new(name, file, () => [Data(file)], TextMutation.OfJson, read) { Cases = 1500 };

    private static FuzzTarget Csv(string file) => new($"the ledger's {file}", file, () => [Data(file)], TextMutation.OfLines, path => StudySummary.Read(Path.GetDirectoryName(path)!))
    {
        Cases = 500,
        Prepare = folder =>
        {
            foreach (var name in SummaryFiles)
            {
                File.WriteAllBytes(Path.Combine(folder, name), Data(name));
            }
        },
    };

    private static byte[] Data(string file) => File.ReadAllBytes(Path.Combine(ProjectFolder.Data, file));

    private static byte[][] StudyFiles() =>
    [
        Written("run.json", path => StudyJson.Write(path, StudyJson.Read(RepositoryPaths.Fixture("phase1/records/mlp_shallow_2_mnist.json")))),
        File.ReadAllBytes(RepositoryPaths.Fixture("phase1/records/transformer_shallow_mnist.json")),
    ];

    private static byte[][] ParquetFiles() =>
    [
        Written("run.parquet", path => RecordParquet.Write(path, TestRecords.WithInitialStateTokensAndAttention())),
        File.ReadAllBytes(Path.Combine(ProjectFolder.Data, "records", "zero_learning_rate", "mlp_narrow_mnist_s0.parquet")),
    ];

    private static byte[] StateRecord() => Written("step.parquet", path => RecordParquet.Write(path, TestRecords.WithInitialStateTokensAndAttention()));

    /// <summary>Of the record above, whose last measurement is that of update 121.</summary>
    private static Checkpoint StateCheckpoint() => Ndt.Tests.Checkpoints.Samples.Full() with
    {
        Metadata = new OrderedDictionary<string, CheckpointValue> { [Checkpoint.StepName] = 121L, [Checkpoint.ExperimentName] = "transformer_tiny_mnist_s3" },
        Extra = [NamedTensor.Create<byte>(RunState.RandomState, ElementType.U8, [1, 2, 3], 3)],
    };

    private static byte[] Written(string name, Action<string> write)
    {
        using var folder = new TemporaryFolder();
        write(folder.PathOf(name));
        return File.ReadAllBytes(folder.PathOf(name));
    }

    private static int FooterLength(byte[] parquet) => 8 + BinaryPrimitives.ReadInt32LittleEndian(parquet.AsSpan(parquet.Length - 8));
}
