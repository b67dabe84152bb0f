using Ndt.Checkpoints;
using Ndt.PhaseTwo;

namespace Ndt.Tests.PhaseTwo;

public sealed class StateHashTests
{
    [Fact]
    public void The_hash_is_the_one_that_Pythons_hashlib_gives_whatever_the_order_of_the_tensors()
    {
        var (bias, scale) = (NamedTensor.Create("a.bias", ElementType.F32, [1.5f, -2f], 2), NamedTensor.Create("b", ElementType.F32, [0f]));
        const string Python = "531fe4f9e89521c36e405d243fc88e3a926f50b4bbcc508bd60b2de3c8d51bd2";
        Assert.Equal(Python, StateHash.Of(new Checkpoint { Model = [bias, scale] }));
        Assert.Equal(Python, StateHash.Of(new Checkpoint { Model = [scale, bias] }));
        Assert.NotEqual(Python, StateHash.Of(new Checkpoint { Model = [NamedTensor.Create("a.bias", ElementType.F32, [1.5f, -2f], 1, 2), scale] }));
    }
}
