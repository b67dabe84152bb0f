using Ndt.Models.Products;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Ndt.Models;

/// <summary>The study's multilayer perceptron: Linear and ReLU in turn, a linear head; parameters <c>network.0.weight</c>, <c>network.2.weight</c>, …</summary>
/// <remarks>In training the whole network is one operation where the processor allows it (<see cref="LinearStack"/>): hooks on its modules fire in evaluation mode and without gradients, as a measurement has it, not then.</remarks>
public sealed class Mlp : nn.Module<Tensor, Tensor>
{
    private readonly Sequential network;
    private readonly List<LinearLayer> layers = [];

    /// <summary>A network with PyTorch's default initialisation, drawn from torch's global generator.</summary>
    public Mlp(MlpSpec spec, InputShape input) : base(nameof(Mlp))
    {
        var sizes = spec.Hidden.Prepend(input.Size).ToArray();
        var modules = new List<(string, nn.Module<Tensor, Tensor>)>();
        for (var i = 0; i + 1 < sizes.Length; i++)
        {
            modules.Add(($"{2 * i}", Layer(sizes[i], sizes[i + 1])));
            modules.Add(($"{(2 * i) + 1}", nn.ReLU()));
        }

        modules.Add(($"{2 * (sizes.Length - 1)}", Layer(sizes[^1], input.Classes)));
        network = nn.Sequential(modules);
        RegisterComponents();

        LinearLayer Layer(int inputs, int outputs)
        {
            layers.Add(new LinearLayer(inputs, outputs));
            return layers[^1];
        }
    }

    /// <summary>Logits [n, classes] of inputs [n, size].</summary>
    public override Tensor forward(Tensor input) =>
        training && is_grad_enabled() && LinearStack.IsWorkable(input, layers) ? LinearStack.Of(input, layers) : network.call(input);
}
