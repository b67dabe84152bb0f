using System.Collections.Concurrent;
using System.Diagnostics;
using System.Reflection;
using Xunit.v3;

[assembly: Ndt.Tests.RunningTests]

namespace Ndt.Tests;

/// <summary>
/// Keeps the names of the tests that run in a file, so that one that ends the process is known by name; and ends the process where a test hangs, which no run would
/// ever report.
/// </summary>
[AttributeUsage(AttributeTargets.Assembly)]
internal sealed class RunningTestsAttribute : BeforeAfterTestAttribute
{
    /// <summary>Longer than a test waits for its processes, which fails that test alone.</summary>
    private static readonly TimeSpan Limit = NdtProcess.Limit + TimeSpan.FromMinutes(4);

    private static readonly string Names = Path.Combine(RepositoryPaths.Root, "artifacts", "running-tests.txt");
    private static readonly ConcurrentDictionary<IXunitTest, long> Running = [];
    private static readonly Lock Writing = new();
    private static readonly Timer Watch = new(_ => EndIfOneHangs(), null, Limit / 10, Limit / 10);

    /// <inheritdoc/>
    public override void Before(MethodInfo methodUnderTest, IXunitTest test)
    {
        Running[test] = Stopwatch.GetTimestamp();
        Write();
    }

    /// <inheritdoc/>
    public override void After(MethodInfo methodUnderTest, IXunitTest test)
    {
        Running.TryRemove(test, out _);
        Write();
    }

    private static void Write()
    {
        lock (Writing)
        {
            try
            {
                File.WriteAllLines(Names, Running.Keys.Select(test => test.TestDisplayName));
            }
            catch (IOException)
            {
                // Another run of these tests is writing it.
            }
        }
    }

    private static void EndIfOneHangs()
    {
        if (Running.Values.Any(start => Stopwatch.GetElapsedTime(start) > Limit))
        {
            Process.GetCurrentProcess().Kill();
        }
    }
}
