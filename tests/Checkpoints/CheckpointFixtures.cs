namespace Ndt.Tests.Checkpoints;

/// <summary>Where the tests' checkpoints lie: files made by PyTorch beside the tests, and the study's own where the archive is at hand.</summary>
internal static class CheckpointFixtures
{
    public static string Fixture(string name) => RepositoryPaths.Fixture(Path.Combine("checkpoints", name));

    /// <summary>A file of the archive; the test is skipped where there is none.</summary>
    public static string Archive(string name) => RepositoryPaths.SharedOrSkip("archive", "checkpoints", name);

    /// <summary>A file of a test's own.</summary>
    public static string Write(this TemporaryFolder folder, string name, ReadOnlySpan<byte> bytes)
    {
        File.WriteAllBytes(folder.PathOf(name), bytes);
        return folder.PathOf(name);
    }
}
