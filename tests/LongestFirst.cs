using Ndt.Tests.Faults;
using Xunit.Sdk;
using Xunit.v3;

[assembly: TestCollectionOrderer(typeof(Ndt.Tests.LongestFirst))]

namespace Ndt.Tests;

/// <summary>
/// Starts the collections that take minutes first, and the others by name. In the runner's own order, which is drawn anew each time, a long one may start last and
/// keep one core busy while the others have nothing left to do.
/// </summary>
public sealed class LongestFirst : ITestCollectionOrderer
{
    // Ends of the collections' names: one that has a definition has a name of its own, and any other ends with its class.
    private static readonly string[] Long =
    [
        KilledRuns.Name,
        InjuredFiles.Name,
        nameof(Browser.PagesForReadersTests),
        nameof(Notebooks.PhaseOneNotebookTests),
        nameof(Runs.DeterminismTests),
        nameof(Packaging.OutsideProjectTests),
        nameof(PhaseTwo.CommittedComparisonsTests),
        nameof(Commands.TrainCommandTests),
        nameof(Commands.SweepCommandTests),
        nameof(ProgressOnTerminalTests),
        nameof(Jupyter.KernelWithClientsTests),
        nameof(Notebooks.ReportedTroubleTests),
    ];

    /// <inheritdoc/>
    public IReadOnlyCollection<TTestCollection> OrderTestCollections<TTestCollection>(IReadOnlyCollection<TTestCollection> testCollections)
        where TTestCollection : ITestCollection =>
        [.. testCollections.OrderBy(Rank).ThenBy(collection => collection.TestCollectionDisplayName, StringComparer.Ordinal)];

    private static int Rank<TTestCollection>(TTestCollection collection)
        where TTestCollection : ITestCollection
    {
        // "Test collection for Ndt.Tests.Room.SomeTests (id: 12ab)"
        var name = collection.TestCollectionDisplayName.Split(" (id:")[0];
        var rank = Array.FindIndex(Long, known => name == known || name.EndsWith($".{known}", StringComparison.Ordinal));
        return rank < 0 ? Long.Length : rank;
    }
}
