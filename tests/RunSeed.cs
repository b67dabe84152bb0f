namespace Ndt.Tests;

/// <summary>
/// The seed of what this run of the tests draws: the changes to fuzzed files, invented texts, the moments of kills. It is another in each run, so that what one run
/// misses another finds; a failure names the seed that repeats it, and the table of faults that of the whole run.
/// </summary>
internal static class RunSeed
{
    /// <summary>Sets the seed.</summary>
    public const string Variable = "NDT_FUZZ_SEED";

    /// <summary>The seed of this run.</summary>
    public static int Value { get; } = EnvironmentNumber.Of(Variable) ?? Random.Shared.Next();
}
