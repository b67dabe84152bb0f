namespace Ndt.Tests.Fuzzing;

/// <summary>Every format that is read from files, changed at random: see docs/hostile-input.md for what is promised, and how to try longer.</summary>
[Trait("Category", "Fuzz")]
public sealed class HostileFileTests(ITestOutputHelper output)
{
    public static TheoryData<string> Formats => [.. FuzzTargets.All.Select(target => target.Name)];

    [Theory]
    [MemberData(nameof(Formats))]
    public void A_changed_file_is_read_whole_or_refused_in_one_line_at_a_cost_in_proportion(string format)
    {
        var count = Fuzzer.Run(FuzzTargets.All.Single(target => target.Name == format));
        output.WriteLine($"{format}: {count}; first seed {RunSeed.Value}");

        // Where nothing is refused, nothing was tried; and what says so at once says nothing of the rest.
        Assert.NotEqual(0, count.Cases);
        Assert.True(count.Cases < 20 || count.Refused > count.Cases / 20, count.ToString());
    }
}
