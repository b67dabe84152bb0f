using System.Collections.Immutable;
using System.Numerics;
using FsCheck;
using FsCheck.Fluent;
using Ndt.Checkpoints;

namespace Ndt.Tests.Checkpoints;

/// <summary>Whatever either format takes, it gives back: names that are prefixes of ours, values of every kind, any nesting.</summary>
public sealed class RoundTripPropertyTests
{
    private static readonly string[] Parts = ["optimizer", "state", "extra", "0", "1", "step", "model_state_dict", "optimizer_state_dict", "param_groups", "__metadata__", "ndt", "checkpoint", "prefixes", "bare", "", "a", "层", "$bytes", "$number", "_optimizer", "\n", "\"", "None"];

    [Theory]
    [InlineData("a.pt")]
    [InlineData("a.safetensors")]
    public void What_is_written_is_what_is_read(string name)
    {
        using var folder = new TemporaryFolder();
        var written = 0;
        Prop.ForAll(Checkpoints().ToArbitrary(), checkpoint =>
        {
            try
            {
                CheckpointFile.Write(folder.PathOf(name), checkpoint);
            }
            catch (InputException e)
            {
                Assert.Contains("not written", e.Message, StringComparison.Ordinal);
                return;
            }

            written++;
            var again = CheckpointFile.Read(folder.PathOf(name));
            Samples.AssertSame(checkpoint, again);
            Assert.Equal(checkpoint.IsBare, again.IsBare);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(600).WithReplay(20261126, 1));
        Assert.InRange(written, 200, 600);
    }

    private static Gen<Checkpoint> Checkpoints() =>
        from model in Tensors(Names())
        from extra in Tensors(Names())
        from keys in Gen.ListOf(Names(), 3)
        from values in Gen.ListOf(Values(3), 3)
        from hasOptimizer in Gen.Elements(true, false)
        from state in Gen.Sized(_ => Tensors(Gen.Elements("exp_avg", "exp_avg_sq", "a.b", "step2")))
        from step in Gen.Elements<long?>(null, 0, 7, (1 << 24) + 1, 1L << 52)
        from options in Gen.ListOf(Values(2), 2)
        from isBare in Gen.Elements(true, false)
        select new Checkpoint
        {
            Model = model,
            Metadata = new OrderedDictionary<string, CheckpointValue>(keys.Zip(values).DistinctBy(item => item.First).Select(item => KeyValuePair.Create(item.First, item.Second))),
            Extra = isBare ? [] : extra,
            Optimizer = !isBare && hasOptimizer
                ? new OptimizerState(
                    step is null && state.IsEmpty ? [] : [new ParameterState(0, step, state)],
                    [new ParameterGroup(new OrderedDictionary<string, CheckpointValue> { ["lr"] = 0.1, ["betas"] = new CheckpointValue.Sequence([0.9, double.NaN]) }, [0, 1])])
                : null,
            IsBare = isBare,
        };

    private static Gen<string> Names() =>
        from parts in Gen.NonEmptyListOf(Gen.Elements(Parts))
        select string.Join('.', parts.Take(4));

    private static Gen<ImmutableArray<NamedTensor>> Tensors(Gen<string> names) =>
        from list in Gen.ListOf(names)
        from type in Gen.Elements(ElementType.F32, ElementType.BF16, ElementType.U16, ElementType.F8E4M3, ElementType.C64, ElementType.Bool, ElementType.I64)
        from rows in Gen.Choose(0, 3)
        select list.Take(4).Distinct().Select(name => new NamedTensor(name, type, [rows, 2], new byte[2 * rows * type.Size()])).ToImmutableArray();

    private static Gen<CheckpointValue> Values(int depth)
    {
        var plain = Gen.OneOf(
            Gen.Constant<CheckpointValue>(new CheckpointValue.None()),
            Gen.Elements<CheckpointValue>(true, false),
            Gen.Elements<CheckpointValue>(0L, -1L, long.MaxValue, long.MinValue, 255L),
            Gen.Elements<CheckpointValue>(new CheckpointValue.Large(BigInteger.Pow(2, 200)), new CheckpointValue.Large(-BigInteger.Pow(2, 64))),
            Gen.Elements<CheckpointValue>(0.0, -0.0, 1e300, double.NaN, double.NegativeInfinity, 1.5),
            Gen.Elements<CheckpointValue>("", "NaN", "1", "[1", "null", "{\"$number\":\"NaN\"}", "\0", "\u2028", "層"),
            Gen.Elements<CheckpointValue>(new CheckpointValue.Bytes([]), new CheckpointValue.Bytes([0, 127, 128, 255])));
        if (depth == 0)
        {
            return plain;
        }

        var inner = Values(depth - 1);
        return Gen.OneOf(
            plain,
            from items in Gen.ListOf(inner) select (CheckpointValue)new CheckpointValue.Sequence([.. items.Take(4)]),
            from keys in Gen.ListOf(Gen.Elements("$$number", "$number", "$bytes", "a", "", "0"))
            from items in Gen.ListOf(inner, 6)
            select (CheckpointValue)new CheckpointValue.Map(new OrderedDictionary<string, CheckpointValue>(keys.Distinct().Zip(items).Select(item => KeyValuePair.Create(item.First, item.Second)))));
    }
}
