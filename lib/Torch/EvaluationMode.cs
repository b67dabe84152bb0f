using static TorchSharp.torch;

namespace Ndt.Torch;

/// <summary>
/// A network in evaluation mode, for as long as this lives. Afterwards every module has the mode that it had: a frozen BatchNorm or a Dropout that is kept
/// on is in another mode than the network that it is part of.
/// </summary>
internal sealed class EvaluationMode : IDisposable
{
    private readonly (nn.Module Module, bool Training)[] modes;

    /// <summary>Puts the whole network into evaluation mode.</summary>
    public EvaluationMode(nn.Module network)
    {
        // The root, which named_modules leaves out, then parents before their children: a module's mode is set for all below it.
        modes = [(network, network.training), .. network.named_modules().Select(item => (item.module, item.module.training))];
        if (Array.Exists(modes, mode => mode.Training))
        {
            network.eval();
        }
    }

    /// <summary>Puts every module's own mode back.</summary>
    public void Dispose()
    {
        foreach (var (module, training) in modes)
        {
            if (module.training != training)
            {
                module.train(training);
            }
        }
    }
}
