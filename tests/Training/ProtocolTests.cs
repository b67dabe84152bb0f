using System.Reflection;
using Ndt.Training;

namespace Ndt.Tests.Training;

public sealed class ProtocolTests
{
    public static TheoryData<string> Factors => [.. Protocol.Factors.Select(factor => factor.Name)];

    [Fact]
    public void The_studys_protocol_is_what_it_was()
    {
        var study = Protocol.Study;
        Assert.Equal((2000, 32, 5, 160, 1.0, ""), (study.Steps, study.BatchSize, study.MeasureEvery, study.ProbeSize, study.Width, study.Change));
        Assert.Equal(new AdamOptions(1e-3, 0.9, 0.999, 1e-8, 0), study.Adam);
        Assert.Null(study.Sgd);
        Assert.Null(study.Schedule);
        Assert.Equal(1e-3, study.RateAt(1999));
    }

    [Theory]
    [MemberData(nameof(Factors))]
    public void A_factor_differs_from_the_study_in_one_thing_and_says_in_what(string name)
    {
        var factor = Protocol.Find(name);
        var differing = typeof(Protocol).GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(property => property.CanWrite && property.Name is not (nameof(Protocol.Name) or nameof(Protocol.Change)))
            .Where(property => !Equals(property.GetValue(factor), property.GetValue(Protocol.Study)));
        Assert.Single(differing);
        Assert.NotEmpty(factor.Change);
    }

    [Fact]
    public void Factors_are_those_of_the_question()
    {
        Assert.Equal((8, 128), (Protocol.Find("batch_8").BatchSize, Protocol.Find("batch_128").BatchSize));
        Assert.Equal((0.5, 4), (Protocol.Find("width_half").Width, Protocol.Find("width_x4").Width));
        Assert.Equal((40, 250), (Protocol.Find("probe_40").ProbeSize, Protocol.Find("probe_250").ProbeSize));
        Assert.Equal(1e-2, Protocol.Find("adamw").Adam.WeightDecay);
        Assert.Equal((0.01, 0.9), (Protocol.Find("sgd_momentum").Sgd!.Value.LearningRate, Protocol.Find("sgd_momentum").Sgd!.Value.Momentum));
    }

    [Fact]
    public void The_rate_of_the_schedule_rises_for_a_twentieth_and_ends_near_nothing()
    {
        var protocol = Protocol.Find("cosine_warmup");
        Assert.Equal(1e-5, protocol.RateAt(0), 1e-18);
        Assert.Equal(1e-3, protocol.RateAt(99), 1e-18);
        Assert.Equal(1e-3, protocol.RateAt(100), 1e-18);
        Assert.Equal(5e-4, protocol.RateAt(1050), 1e-15);
        Assert.InRange(protocol.RateAt(1999), 0, 1e-8);
        Assert.Equal(1e-3, (protocol with { Steps = 40 }).RateAt(1), 1e-18);
    }
}
