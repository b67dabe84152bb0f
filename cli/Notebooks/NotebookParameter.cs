namespace Ndt.Cli.Notebooks;

/// <summary>A variable of the cell tagged <c>parameters</c>.</summary>
/// <param name="Name">The variable.</param>
/// <param name="Type">Its C# type as the author wrote it, or as the compiler infers it: <c>int</c>, <c>double[]</c>, <c>string?</c>.</param>
/// <param name="Default">The C# expression it starts with, on one line; null where it has none.</param>
/// <param name="Comment">What the author wrote about it; may be empty.</param>
/// <param name="IsConstant">Whether it is declared <c>const</c>.</param>
/// <param name="Obstacle">Why it cannot be set; null where it can.</param>
internal sealed record NotebookParameter(string Name, string Type, string? Default, string Comment, bool IsConstant = false, string? Obstacle = null)
{
    /// <summary>A line of help; given so on a command line, it is accepted.</summary>
    public override string ToString()
    {
        var comment = Comment.Length > 0 ? $"; {Comment}" : "";
        if (Obstacle is not null)
        {
            return $"{Name} cannot be set: {Obstacle}{comment}";
        }

        var given = $"{Name}={Default ?? "VALUE"}";
        return $"-p {(given.Any(c => char.IsWhiteSpace(c) || "$;&|<>()*?`{}!#~'\\".Contains(c, StringComparison.Ordinal)) ? $"'{given.Replace("'", "'\\''", StringComparison.Ordinal)}'" : given)}  {Type}{comment}";
    }
}
