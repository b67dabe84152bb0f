using System.Globalization;
using System.Text;

[assembly: AssemblyFixture(typeof(Ndt.Tests.Faults.FaultLedger))]

namespace Ndt.Tests.Faults;

/// <summary>The tests that injure trainings and sweeps: one after the other, since each keeps two cores busy.</summary>
[CollectionDefinition(Name)]
public sealed class KilledRuns
{
    public const string Name = "Faults in runs";
}

/// <summary>The tests that injure what commands read and write: downloads, notebooks, a disk. One after the other, beside those of <see cref="KilledRuns"/>.</summary>
[CollectionDefinition(Name)]
public sealed class InjuredFiles
{
    public const string Name = "Faults in files";
}

/// <summary>
/// Counts what was done to the commands and what it did to their files, by kind of fault. The table goes to the test's output and, for all tests so far, to
/// <c>artifacts/faults.md</c>. One for the assembly: two collections write to it at the same time.
/// </summary>
public sealed class FaultLedger
{
    private readonly Lock turn = new();
    private readonly SortedDictionary<string, Row> rows = new(StringComparer.Ordinal);

    /// <summary>Where the table is.</summary>
    public static string File { get; } = Path.Combine(RepositoryPaths.Root, "artifacts", "faults.md");

    /// <summary>Adds to a kind of fault.</summary>
    /// <param name="kind">What was done to which command.</param>
    /// <param name="injected">Faults: kills that met a running process, starts on a full disk, ….</param>
    /// <param name="files">Files that lay under their final names afterwards and were read whole and compared.</param>
    /// <param name="lost">Bytes of finished files that were gone or altered afterwards.</param>
    /// <param name="restarts">Starts after a fault that ended with the whole and right result.</param>
    public void Add(string kind, int injected = 0, int files = 0, long lost = 0, int restarts = 0)
    {
        lock (turn)
        {
            var row = rows.GetValueOrDefault(kind);
            rows[kind] = new Row(row.Injected + injected, row.Files + files, row.Lost + lost, row.Restarts + restarts);
        }
    }

    /// <summary>Writes a kind's row to the test's output and the whole table to its file; fails where the fault never met a running command, since then nothing was tested.</summary>
    /// <param name="kind">What was done to which command.</param>
    /// <param name="mayComeTooLate">Whether the command may have ended by itself before each fault.</param>
    public void Write(string kind, bool mayComeTooLate = false)
    {
        lock (turn)
        {
            TestContext.Current.TestOutputHelper?.WriteLine(Line(kind, rows[kind]));
            var sum = rows.Values.Aggregate((a, b) => new Row(a.Injected + b.Injected, a.Files + b.Files, a.Lost + b.Lost, a.Restarts + b.Restarts));
            var table = new StringBuilder($"The run's seed: {RunSeed.Variable}={RunSeed.Value}\n\n| fault | injected | files checked | bytes lost | restarts that completed |\n| --- | ---: | ---: | ---: | ---: |\n");
            foreach (var (name, row) in rows)
            {
                table.Append(Line(name, row)).Append('\n');
            }

            AtomicFile.WriteText(File, table.Append(Line("all", sum)).Append('\n').ToString());
            Assert.True(mayComeTooLate || rows[kind].Injected > 0, $"{kind}: no fault met a running command");
        }
    }

    private static string Line(string kind, Row row) =>
        string.Create(CultureInfo.InvariantCulture, $"| {kind} | {row.Injected} | {row.Files} | {row.Lost} | {row.Restarts} |");

    private readonly record struct Row(int Injected, int Files, long Lost, int Restarts);
}
