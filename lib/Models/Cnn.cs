using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Ndt.Models;

/// <summary>The study's convolutional network: parameters <c>conv_layers.0.weight</c>, <c>conv_layers.3.weight</c>, …, <c>fc.weight</c>.</summary>
public sealed class Cnn : nn.Module<Tensor, Tensor>
{
    private readonly InputShape shape;
    private readonly Sequential conv_layers;
    private readonly LinearLayer fc;

    /// <summary>A network with PyTorch's default initialisation, drawn from torch's global generator. Throws <see cref="InputException"/> when pooling leaves nothing of the image.</summary>
    public Cnn(CnnSpec spec, InputShape input) : base(nameof(Cnn))
    {
        var (height, width) = (input.Height >> spec.Channels.Count, input.Width >> spec.Channels.Count);
        if (height < 1 || width < 1)
        {
            throw new InputException($"architecture {spec.Name} halves its input {spec.Channels.Count} times: an input of {input.Height}×{input.Width} is too small; it is for images, 28×28 in the study");
        }

        shape = input;
        var channels = spec.Channels.Prepend(input.Channels).ToArray();
        var modules = new List<(string, nn.Module<Tensor, Tensor>)>();
        for (var i = 0; i + 1 < channels.Length; i++)
        {
            modules.Add(($"{3 * i}", nn.Conv2d(channels[i], channels[i + 1], 3, padding: 1)));
            modules.Add(($"{(3 * i) + 1}", new ReluMaxPool())); // the study's modules 3i + 1 and 3i + 2
        }

        conv_layers = nn.Sequential(modules);
        fc = new LinearLayer(channels[^1] * height * width, input.Classes);
        RegisterComponents();
    }

    /// <summary>Logits [n, classes] of inputs [n, channels·height·width] or [n, channels, height, width].</summary>
    public override Tensor forward(Tensor input)
    {
        using var image = input.reshape(-1, shape.Channels, shape.Height, shape.Width);
        using var map = conv_layers.call(image);
        using var flat = map.flatten(1);
        return fc.call(flat);
    }
}
