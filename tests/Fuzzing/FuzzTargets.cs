namespace Ndt.Tests.Fuzzing;

/// <summary>Every format that is read from files.</summary>
internal static class FuzzTargets
{
    public static IReadOnlyList<FuzzTarget> All { get; } = [.. DataTargets.All, .. ArrayTargets.All, .. RecordTargets.All, .. CheckpointTargets.All, .. NotebookTargets.All];
}
