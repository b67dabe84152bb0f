namespace Ndt.Cli.Notebooks;

/// <summary>How deep code goes, told before the compiler's parser sees it: for each open bracket that looks ahead to the closing one, and tens of thousands of them keep it busy for hours.</summary>
internal static class CodeNesting
{
    // Generous for what people write; the parser takes no time for it.
    private const int Deepest = 100;

    /// <summary>Whether brackets in <paramref name="code"/> are nested so deep that nobody wrote it for the compiler. Those in texts and comments count like others.</summary>
    public static bool IsTooDeep(string code)
    {
        var depth = 0;
        foreach (var character in code)
        {
            depth += character switch
            {
                '(' or '[' or '{' or '<' => 1,
                ')' or ']' or '}' or '>' when depth > 0 => -1,
                _ => 0,
            };
            if (depth > Deepest)
            {
                return true;
            }
        }

        return false;
    }
}
