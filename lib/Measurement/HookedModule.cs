using static TorchSharp.torch;

namespace Ndt.Measurement;

/// <summary>A module whose output is taken, and under which of its names.</summary>
/// <param name="Module">The module.</param>
/// <param name="Names">All its paths in the order in which they are registered; more than one where it is tied.</param>
/// <param name="Chosen">Whether each is measured.</param>
internal sealed record HookedModule(nn.Module<Tensor, Tensor> Module, IReadOnlyList<string> Names, IReadOnlyList<bool> Chosen)
{
    /// <summary>Times that it fired in the present forward pass.</summary>
    public int Passes { get; set; }

    /// <summary>The name that the next pass is measured under, which this counts; null where it is not measured.</summary>
    public string? NextName()
    {
        var pass = Passes++;
        return pass < Names.Count && Chosen[pass] ? Names[pass] : null;
    }

    /// <summary>Throws <see cref="InputException"/> where a name that is to be measured has no pass of its own, unless the module has run once and is listed once.</summary>
    public void RequireFired()
    {
        if (Passes is 0 || Passes >= Names.Count || (Passes == 1 && Chosen[0]))
        {
            return;
        }

        if (Enumerable.Range(Passes, Names.Count - Passes).Where(pass => Chosen[pass]).Select(pass => Names[pass]).FirstOrDefault() is { } name)
        {
            throw new InputException($"layer {name}: one module has the names {string.Join(", ", Names)} and ran {Passes} time(s); its runs are named in this order, and none is left for {name}");
        }
    }
}
