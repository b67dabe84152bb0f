namespace Ndt.Cli.Notebooks.Cells;

/// <summary>A formula, shown as such. The type is .NET Interactive's Jupyter package's, which cannot be had.</summary>
public sealed class MathString(string formula)
{
    /// <summary>From a formula's text.</summary>
    public static implicit operator MathString(string formula) => new(formula);

    /// <summary>The formula in LaTeX.</summary>
    public override string ToString() => $"$${formula}$$";
}
