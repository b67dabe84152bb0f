using System.Collections.Frozen;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Ndt.Cli.Notebooks.Directives;

/// <summary>
/// A cell cut at its directives, where they are directives: .NET Interactive's own parser goes by lines, and takes those of texts and comments for its
/// own. C# is read by its lexer; in Markdown and HTML only a line that changes the language counts, and none within a fenced block.
/// </summary>
/// <param name="Parts">The pieces from top to bottom, packages first; code keeps its line numbers.</param>
/// <param name="IsTimed">Whether the time it takes is to be shown.</param>
internal sealed partial record CellProgram(IReadOnlyList<CellPart> Parts, bool IsTimed)
{
    /// <summary>The kernel of cells that name none.</summary>
    public const string CSharp = "csharp";

    /// <summary>The kernels' names by what a notebook may call them.</summary>
    public static readonly FrozenDictionary<string, string> Kernels = new Dictionary<string, string>
    {
        ["csharp"] = CSharp,
        ["c#"] = CSharp,
        ["cs"] = CSharp,
        ["dotnet-interactive.csharp"] = CSharp,
        ["polyglot-notebook"] = CSharp,
        ["markdown"] = "markdown",
        ["md"] = "markdown",
        ["html"] = "html",
        ["javascript"] = "javascript",
        ["js"] = "javascript",
        ["mermaid"] = "mermaid",
        ["value"] = "value",
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    private static readonly string[] Actions = ["about", "import", "set", "share", "time", "who", "whos"];

    private static readonly CSharpParseOptions Script = new(LanguageVersion.Latest, kind: SourceCodeKind.Script);

    private static readonly string Known =
        $"{string.Join(", ", Kernels.Values.Distinct().Concat(Actions).Select(name => $"#!{name}"))}, #r \"PATH\", #r \"nuget: NAME, VERSION\", #i \"nuget: FEED\" and #load \"PATH\"";

    /// <summary>Cuts a cell whose language is <paramref name="kernel"/>; throws <see cref="CellDirectiveException"/> for a directive that is not supported.</summary>
    public static CellProgram Parse(string code, string kernel = CSharp)
    {
        if (!Kernels.TryGetValue(kernel, out var current))
        {
            throw new CellDirectiveException(1, $"a cell in {kernel} is not supported; this host runs {string.Join(", ", Kernels.Values.Distinct())}");
        }

        var reader = new Reader(code, current);
        return reader.Read();
    }

    /// <summary>A kernel's name for a language of a notebook's metadata, or the language itself where there is none.</summary>
    public static string KernelOf(string language) => Kernels.GetValueOrDefault(language, language);

    /// <summary>The C# alone, everything else blanked out character by character: positions stay.</summary>
    public static string Mask(string code)
    {
        var masked = code.Select(c => c is '\n' or '\r' ? c : ' ').ToArray();
        var lines = Lines(code);
        try
        {
            foreach (var part in Parse(code).Parts.Where(p => p is { Kernel: CSharp, Kind: CellPart.Is.Code }))
            {
                // Code keeps its place: what stood above it, and its directives, are blank already.
                foreach (var (i, line) in part.Text.Split('\n').Index())
                {
                    line.CopyTo(0, masked, lines[i].Start, line.Length);
                }
            }
        }
        catch (CellDirectiveException)
        {
            return code;
        }

        return new string(masked);
    }

    private static List<(int Start, string Text)> Lines(string code)
    {
        var lines = new List<(int, string)>();
        for (var start = 0; ;)
        {
            var end = code.IndexOf('\n', start);
            lines.Add((start, end < 0 ? code[start..] : code[start..end]));
            if (end < 0)
            {
                return lines;
            }

            start = end + 1;
        }
    }

    [GeneratedRegex("""^\s*#!(?<name>[a-zA-Z][\w#.-]*)(?<rest>.*)$""", RegexOptions.Singleline)]
    private static partial Regex Directive();

    [GeneratedRegex("""^\s*#(?<kind>[ri])\s+(?<quote>"?)\s*nuget:\s*(?<rest>[^"]*?)\s*\k<quote>\s*;?\s*(?://.*)?$""", RegexOptions.IgnoreCase | RegexOptions.Singleline)]
    private static partial Regex Package();

    [GeneratedRegex("^ {0,3}(?<fence>```+|~~~+)")]
    private static partial Regex Fence();

    private sealed class Reader(string code, string first)
    {
        private readonly List<(int Start, string Text)> lines = Lines(code);
        private readonly List<CellPart> packages = [];
        private readonly List<CellPart> parts = [];
        private readonly HashSet<int> switchedOff = [];
        private readonly StringBuilder text = new();
        private string kernel = first;
        private int begin = 1;
        private bool isTimed;

        public CellProgram Read()
        {
            var directives = DirectivesFrom(0);
            string? fence = null;
            for (var i = 0; i < lines.Count; i++)
            {
                var line = lines[i].Text;
                if (kernel == CSharp ? directives.Contains(lines[i].Start) : fence is null && line.TrimStart().StartsWith('#'))
                {
                    var before = kernel;
                    if (Take(line, i + 1))
                    {
                        if (kernel == CSharp && before != CSharp)
                        {
                            directives = DirectivesFrom(i + 1);
                        }

                        continue;
                    }
                }

                if (kernel != CSharp && Fence().Match(line) is { Success: true } mark)
                {
                    var found = mark.Groups["fence"].Value;
                    fence = fence is null ? found : found.StartsWith(fence, StringComparison.Ordinal) ? null : fence;
                }

                // The compiler refuses such a line also where the code is switched off.
                text.Append(kernel == CSharp && switchedOff.Contains(lines[i].Start) ? "" : line).Append('\n');
            }

            Begin(kernel, 0);
            return new CellProgram([.. packages, .. parts], isTimed);
        }

        /// <summary>Where lines of the C# from a line on are no part of a text, a comment or code that is switched off.</summary>
        private HashSet<int> DirectivesFrom(int line)
        {
            if (kernel != CSharp || line >= lines.Count || !code.AsSpan(lines[line].Start).Contains('#'))
            {
                return [];
            }

            var start = lines[line].Start;
            var found = new HashSet<int>();
            foreach (var token in SyntaxFactory.ParseTokens(code[start..], options: Script))
            {
                foreach (var trivia in token.LeadingTrivia)
                {
                    var place = code.LastIndexOf('\n', Math.Min(start + trivia.SpanStart, code.Length - 1)) + 1;
                    if (trivia.GetStructure() is DirectiveTriviaSyntax directive && (directive.IsActive || directive.ToString().StartsWith("#!", StringComparison.Ordinal)))
                    {
                        (directive.IsActive ? found : switchedOff).Add(place);
                    }
                }
            }

            return found;
        }

        /// <summary>Does what a line asks for; false where it is no directive of ours.</summary>
        private bool Take(string line, int number)
        {
            if (Directive().Match(line) is { Success: true } directive)
            {
                var (name, rest) = (directive.Groups["name"].Value, directive.Groups["rest"].Value.Trim());
                if (Kernels.TryGetValue(name, out var next))
                {
                    Begin(next, number + 1);
                    if (next == "value")
                    {
                        // Its text belongs to the directive.
                        text.Append(line).Append('\n');
                    }

                    return true;
                }

                return Act(name, rest, line, number);
            }

            if (kernel != CSharp || Package().Match(line) is not { Success: true } package)
            {
                return false;
            }

            if (package.Groups["rest"].Value.Split(',')[0].Trim().Length == 0)
            {
                throw new CellDirectiveException(number, $"{line.Trim()} names nothing; #r \"nuget: NAME, VERSION\" or #i \"nuget: FEED\" is expected");
            }

            packages.Add(new CellPart(CSharp, number, $"#{package.Groups["kind"].Value} \"nuget:{package.Groups["rest"].Value.Trim()}\"", CellPart.Is.Directive));
            text.Append('\n');
            return true;
        }

        private bool Act(string name, string rest, string line, int number)
        {
            // In a text such a line is text, unless it stands above it.
            if (kernel is "markdown" or "html" or "mermaid" && (text.Length > 0 || !Actions.Contains(name)))
            {
                return false;
            }

            switch (name)
            {
                case "time":
                    isTimed = true;
                    text.Append('\n');
                    return true;
                case "import":
                    Begin(kernel, number);
                    parts.Add(new CellPart(kernel, number, rest.Trim('"'), CellPart.Is.Import));
                    Begin(kernel, number + 1);
                    return true;
                case var _ when Actions.Contains(name):
                    Begin(kernel, number);
                    parts.Add(new CellPart(kernel, number, line.Trim(), CellPart.Is.Directive));
                    Begin(kernel, number + 1);
                    return true;
                case var _ when kernel != CSharp:
                    return false;
                default:
                    throw new CellDirectiveException(number, $"#!{name} is not supported; this host knows {Known}");
            }
        }

        private void Begin(string following, int line)
        {
            var body = text.ToString().TrimEnd('\n');
            if (!string.IsNullOrWhiteSpace(body))
            {
                // Blank lines in place of what stood above: the compiler then counts as the author does.
                parts.Add(new CellPart(kernel, begin, kernel == CSharp ? new string('\n', begin - 1) + body : body, kernel == "value" ? CellPart.Is.Directive : CellPart.Is.Code));
            }

            text.Clear();
            (kernel, begin) = (following, line);
        }
    }
}
