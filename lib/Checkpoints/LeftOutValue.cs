namespace Ndt.Checkpoints;

/// <summary>A part of a file that was not read.</summary>
/// <param name="Name">Where it stands, keys joined with dots, such as <c>args</c>.</param>
/// <param name="Kind">What it is, such as <c>argparse.Namespace</c> or <c>a sparse tensor</c>.</param>
public readonly record struct LeftOutValue(string Name, string Kind)
{
    /// <summary>As messages show it: <c>left out: `args` (argparse.Namespace)</c>.</summary>
    public override string ToString() => $"left out: `{Name}` ({Kind})";
}
