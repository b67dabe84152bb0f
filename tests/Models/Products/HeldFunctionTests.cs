using System.Runtime.CompilerServices;
using Ndt.Models.Products;
using static TorchSharp.torch;

namespace Ndt.Tests.Models.Products;

public sealed class HeldFunctionTests
{
    // A test that returns a task has no dispose scope, which would hold everything.
    [Fact]
    public Task A_gradient_is_held_as_long_as_its_graph_and_a_bare_output_not_longer_than_the_call()
    {
        using var input = ones(3, requires_grad: true);
        using var output = Doubled.Apply(input);
        var (gradient, raw) = BackwardOf(output);
        Collect();
        Assert.True(gradient.IsAlive);
        Assert.False(raw.IsAlive);
        using var sum = input.grad!;
        Assert.Equal([2, 2, 2], sum.data<float>().ToArray());
        return Task.CompletedTask;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static (WeakReference Gradient, WeakReference Raw) BackwardOf(Tensor output)
    {
        using var incoming = ones(3);
        output.backward([incoming]);
        return (Doubled.Gradient!, Doubled.Raw!);
    }

    private static void Collect()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
    }

    private sealed class Doubled : HeldFunction<Doubled>
    {
        public static WeakReference? Raw { get; private set; }

        public static WeakReference? Gradient { get; private set; }

        public override string Name => nameof(Doubled);

        protected override Tensor Forward(autograd.AutogradContext context, object[] inputs)
        {
            var output = (Tensor)inputs[0] * 2;
            Raw = new WeakReference(output);
            return output;
        }

        protected override List<Tensor> Backward(autograd.AutogradContext context, Tensor gradient)
        {
            var result = gradient * 2;
            Gradient = new WeakReference(result);
            return [result];
        }
    }
}
