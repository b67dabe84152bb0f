using System.Diagnostics;
using System.Globalization;

namespace Ndt.Tests.Fuzzing;

/// <summary>
/// Reads a target's files, changed at random, and asks each time: was it read, or refused in one line that names it; did it allocate in proportion to its length; did it
/// end soon; is the folder as it was? Case number i draws from seed + i, so that a failure's seed repeats it at once.
/// </summary>
internal static class Fuzzer
{
    /// <summary>Sets for how many seconds each target is tried, instead of a number of cases.</summary>
    public const string SecondsVariable = "NDT_FUZZ_SECONDS";

    // Milliseconds are usual; this is for what would never end, on a machine that is busy.
    private static readonly TimeSpan LongestCase = TimeSpan.FromSeconds(60);

    /// <summary>Tries a target and returns what came of it.</summary>
    public static FuzzCount Run(FuzzTarget target)
    {
        var seeds = target.Seeds();
        var seconds = EnvironmentNumber.Of(SecondsVariable);
        using var folder = new TemporaryFolder();
        var path = folder.PathOf(target.File);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        target.Prepare(folder.Root);
        foreach (var seed in seeds)
        {
            // What is tried has to be right to begin with; this also takes the first calls' own allocations.
            File.WriteAllBytes(path, target.PutRight(seed));
            target.Read(path);
        }

        var files = Files(folder.Root);
        var count = new FuzzCount();
        var clock = Stopwatch.StartNew();
        for (var i = 0; seconds is null ? i < target.Cases : clock.Elapsed.TotalSeconds < seconds; i++)
        {
            var random = new Random(unchecked(RunSeed.Value + i));
            var bytes = target.PutRight(target.Mutate(seeds[random.Next(seeds.Count)], random));
            File.WriteAllBytes(path, bytes);
            var complaint = Try(target, path, folder.Root, bytes.Length, count) ?? (Files(folder.Root).SequenceEqual(files) ? null : "other files lie in its folder than before");
            if (complaint is not null)
            {
                Assert.Fail(string.Create(CultureInfo.InvariantCulture, $"{target.Name}: {complaint}\n{RunSeed.Variable}={unchecked(RunSeed.Value + i)} repeats it. The file, {bytes.Length} bytes: {Shown(bytes)}"));
            }
        }

        return count;
    }

    private static string? Try(FuzzTarget target, string path, string root, int length, FuzzCount count)
    {
        var clock = Stopwatch.StartNew();
        var before = GC.GetAllocatedBytesForCurrentThread();
        Exception? refusal = null;
        try
        {
            target.Read(path);
        }
        catch (Exception e) when (e.GetType() == target.Refusal)
        {
            refusal = e;
        }
        catch (Exception e)
        {
            return $"{e}";
        }

        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        count.Add(refused: refusal is not null, allocated, clock.Elapsed);
        var most = target.FixedBytes + ((long)target.BytesPerByte * length);
        return allocated > most ? $"reading {length} bytes allocated {allocated}; at most {most} are in proportion: {refusal?.ToString() ?? "it was read"}"
            : clock.Elapsed > LongestCase ? $"reading it took {clock.Elapsed}"
            : refusal is null ? null
            : Refusal.Complaint(refusal.Message, root);
    }

    private static string[] Files(string folder) => [.. Directory.GetFileSystemEntries(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];

    private static string Shown(byte[] bytes) => bytes.Length <= 6000 ? Convert.ToBase64String(bytes) : $"{Convert.ToBase64String(bytes, 0, 300)}…";
}
