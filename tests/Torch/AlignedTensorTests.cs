using Ndt.Data;
using Ndt.Models;
using Ndt.Models.Products;
using Ndt.Torch;
using Ndt.Training;
using static TorchSharp.torch;

namespace Ndt.Tests.Torch;

public sealed class AlignedTensorTests
{
    [Fact]
    public void It_is_a_copy_of_the_array_and_begins_at_a_multiple_of_64_bytes_wherever_the_array_lies()
    {
        for (var length = 1; length <= 40; length++)
        {
            var values = Enumerable.Range(1, length).Select(i => i / 3f).ToArray();
            using var copy = AlignedTensor.Of(values, [length], CPU);
            AssertAligned(copy);
            Assert.Equal(values, copy.data<float>().ToArray());
            values[0] = -1;
            Assert.Equal(1 / 3f, copy[0].item<float>());
        }
    }

    [Fact]
    public void A_trainers_examples_begin_at_such_an_address()
    {
        for (var seed = 0; seed < 8; seed++)
        {
            var data = DatasetLoader.Load("mnist", seed);
            using var network = Network.Create(ArchitectureCatalogue.Find("mlp_narrow"), new InputShape(1, 28, 28, 10));
            using var trainer = new Trainer(network, data, Protocol.Study, seed, CPU);
            AssertAligned(trainer.ValidationInputs);
        }
    }

    private static unsafe void AssertAligned(Tensor tensor) => Assert.Equal(0, (nint)TensorMemory.Values(tensor) % 64);
}
