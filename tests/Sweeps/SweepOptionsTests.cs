using Ndt.Cli.Sweeps;
using Ndt.Models;
using Ndt.Runs;
using Ndt.Training;

namespace Ndt.Tests.Sweeps;

public sealed class SweepOptionsTests
{
    [Theory]
    [InlineData("3", 3)]
    [InlineData("0..4", 0, 1, 2, 3, 4)]
    [InlineData("4,0..1,1", 0, 1, 4)]
    public void Seeds_are_a_number_a_list_or_a_range(string text, params int[] expected) => Assert.Equal(expected, SeedList.Parse(text));

    [Theory]
    [InlineData("")]
    [InlineData("a")]
    [InlineData("4..0")]
    [InlineData("-1")]
    [InlineData("0..1..2")]
    public void Other_seeds_are_refused(string text) => Assert.Throws<InputException>(() => SeedList.Parse(text));

    [Theory]
    [InlineData("0/2")]
    [InlineData("3/2")]
    [InlineData("1")]
    [InlineData("a/b")]
    public void Other_shards_are_refused(string text) => Assert.Throws<InputException>(() => Shard.Parse(text));

    [Fact]
    public void Shards_part_the_runs_without_loss_and_about_evenly()
    {
        var runs = new Sweep(ArchitectureCatalogue.All.Select(spec => new SweepRun(new RunSpec(spec, "mnist", 0, Protocol.Study), "x"))).Runs;
        var parts = Enumerable.Range(1, 3).Select(i => Shard.Parse($"{i}/3").Of(runs).ToArray()).ToArray();
        Assert.Equal(runs.Select(run => run.Spec.Name).Order(), parts.SelectMany(part => part).Select(run => run.Spec.Name).Order());
        Assert.True(parts.Max(part => part.Length) - parts.Min(part => part.Length) <= 1);
    }

    [Fact]
    public void The_longest_runs_come_first()
    {
        var runs = new Sweep(ArchitectureCatalogue.All.Select(spec => new SweepRun(new RunSpec(spec, "mnist", 0, Protocol.Study), "x"))).Runs;
        Assert.Equal("transformer_wide", runs[0].Spec.Architecture.Name);
        Assert.Equal("transformer_deep", runs[1].Spec.Architecture.Name);
        Assert.StartsWith("mlp", runs[^1].Spec.Architecture.Name, StringComparison.Ordinal);
    }
}
