using System.Globalization;
using System.Text.RegularExpressions;

namespace Ndt.Arrays;

/// <summary>
/// The training step in a file's name: the number after <c>step</c>, <c>iter</c>, <c>update</c>, <c>epoch</c>, <c>checkpoint</c> or <c>ckpt</c>
/// (<c>acts_step00100.npz</c>), or a name that is nothing but a number (<c>00100.npz</c>); else a folder's name on the way to it (<c>step_100/fc1.npy</c>).
/// </summary>
/// <param name="Step">The step.</param>
/// <param name="Rest">What is left of the name without it and without separators at its ends: <c>acts</c>; empty where nothing is.</param>
public sealed partial record StepName(int Step, string Rest)
{
    /// <summary>The step in a path, or null where there is none.</summary>
    public static StepName? In(string path)
    {
        var name = Path.GetFileNameWithoutExtension(path);
        if (Of(name) is { } own)
        {
            return own;
        }

        return Path.GetFileName(Path.GetDirectoryName(path)) is { Length: > 0 } folder && Of(folder) is { } above ? above with { Rest = name } : null;
    }

    private static StepName? Of(string name)
    {
        var match = Marked().Match(name);
        if (!match.Success)
        {
            match = Bare().Match(name);
        }

        return match.Success && int.TryParse(match.Groups["step"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var step)
            ? new StepName(step, (name[..match.Index].TrimEnd(Separators) + name[(match.Index + match.Length)..]).Trim(Separators))
            : null;
    }

    private static readonly char[] Separators = ['_', '-', '.', ' ', '='];

    [GeneratedRegex(@"(?<![a-z])(global[_-]?)?(steps?|iteration|iter|it|updates?|epoch|checkpoint|ckpt)[_\-= ]*(?<step>\d+)", RegexOptions.IgnoreCase | RegexOptions.RightToLeft)]
    private static partial Regex Marked();

    [GeneratedRegex(@"^(?<step>\d+)$")]
    private static partial Regex Bare();
}
