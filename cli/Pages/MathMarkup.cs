using System.Globalization;
using System.Net;
using System.Text;

namespace Ndt.Cli.Pages;

/// <summary>
/// Mathematics in TeX's notation as MathML Core, which browsers set themselves: a page needs no script and no font of ours. It knows
/// what notebooks write (LaTeX's and amsmath's usual commands and environments); a formula with anything else is shown as its source.
/// </summary>
internal sealed class MathMarkup
{
    // Of rows and of commands in commands, which take turns.
    private const int Deepest = 120;

    private readonly string tex;
    private string? alphabet;
    private int at;
    private int depth;

    private MathMarkup(string tex) => this.tex = tex;

    /// <summary>The formula's markup: within a line, or (<paramref name="display"/>) on lines of its own.</summary>
    public static string Of(string tex, bool display)
    {
        var parser = new MathMarkup(tex);
        try
        {
            var body = parser.Row(_ => false);
            return $"<math class=\"tex\"{(display ? " display=\"block\"" : "")}>{body}</math>";
        }
        catch (FormatException)
        {
            return $"<code class=\"math\">{WebUtility.HtmlEncode(tex.Trim())}</code>";
        }
    }

    // Everything up to where `ends` says so (it sees the next token and does not take it), as one row.
    private string Row(Func<string, bool> ends)
    {
        Descend();
        var row = new StringBuilder();
        var styles = 0;
        while (Peek() is { } token && !ends(token))
        {
            if (token is "\\displaystyle" or "\\textstyle" or "\\scriptstyle")
            {
                Next();
                row.Append($"<mstyle displaystyle=\"{(token == "\\displaystyle" ? "true" : "false")}\">");
                styles++;
                continue;
            }

            row.Append(WithScripts());
        }

        depth--;
        return $"<mrow>{row}{string.Concat(Enumerable.Repeat("</mstyle>", styles))}</mrow>";
    }

    private void Descend()
    {
        if (++depth > Deepest)
        {
            throw new FormatException("nested too deep");
        }
    }

    private string WithScripts()
    {
        var first = Peek();
        var under = IsUnder(first!);
        var atom = first is "^" or "_" or "'" ? "<mrow></mrow>" : Atom();
        if (Peek() is "\\limits" or "\\nolimits")
        {
            under = Next() == "\\limits";
        }

        string? sub = null, sup = null;
        var primes = 0;
        while (Peek() is "^" or "_" or "'")
        {
            switch (Next())
            {
                case "'":
                    primes++;
                    break;
                case "_" when sub is null:
                    sub = Argument();
                    break;
                case "^" when sup is null:
                    sup = Argument();
                    break;
                default:
                    throw new FormatException("two scripts in one place");
            }
        }

        if (primes > 0)
        {
            // The character is a raised one already: as a script of the atom it would be raised twice.
            atom = $"<mrow>{atom}<mo lspace=\"0\" rspace=\"0\">{new string('′', primes)}</mo></mrow>";
        }

        return (sub, sup, under) switch
        {
            (null, null, _) => atom,
            (_, null, true) => $"<munder>{atom}{sub}</munder>",
            (null, _, true) => $"<mover>{atom}{sup}</mover>",
            (_, _, true) => $"<munderover>{atom}{sub}{sup}</munderover>",
            (_, null, _) => $"<msub>{atom}{sub}</msub>",
            (null, _, _) => $"<msup>{atom}{sup}</msup>",
            _ => $"<msubsup>{atom}{sub}{sup}</msubsup>",
        };
    }

    private static bool IsUnder(string token) => token is ['\\', .. var name]
        && (MathSymbols.Limits.Contains(name) || name is "overbrace" or "underbrace" || (MathSymbols.Characters.TryGetValue(name, out var symbol) && MathSymbols.Big.Contains(symbol, StringComparison.Ordinal)));

    private string Atom()
    {
        Descend();
        var token = Next() ?? throw new FormatException("something is missing at the end");
        var markup = token switch
        {
            "{" => Braced(),
            "}" or "&" or "$" or "#" or "\\\\" or "\\end" or "\\right" => throw new FormatException($"{token} is out of place"),
            "~" => Space(0.25),
            "-" => "<mo>−</mo>",
            "*" => "<mo>∗</mo>",
            ['\\', .. var name] => Command(name),
            [>= '0' and <= '9', ..] => alphabet is null ? $"<mn>{token}</mn>" : $"<mn>{Styled(token)}</mn>",
            _ => Symbol(token),
        };
        depth--;
        return markup;
    }

    private string Braced()
    {
        var row = Row(token => token == "}");
        Take("}");
        return row;
    }

    private string Argument() => Peek() is "{" or ['\\', ..] ? Atom() : Next() is { } token ? Restart(token) : throw new FormatException("something is missing at the end");

    // One character is an argument, a number's first digit too.
    private string Restart(string token)
    {
        at -= token.Length - 1;
        return token[0] is >= '0' and <= '9' ? $"<mn>{Styled(token[..1])}</mn>" : Symbol(token[..1]);
    }

    private string Symbol(string text) =>
        char.IsLetter(text, 0) || MathSymbols.Ordinary.Contains(text, StringComparison.Ordinal) ? $"<mi>{Styled(text)}</mi>"
        : MathSymbols.Fences.Contains(text, StringComparison.Ordinal) ? $"<mo stretchy=\"false\">{Encode(text)}</mo>"
        : $"<mo>{Encode(text)}</mo>";

    private string Styled(string text) => alphabet is null ? Encode(text) : string.Concat(text.Select(c => MathSymbols.In(alphabet, c)));

    private string Command(string name)
    {
        if (MathSymbols.Characters.TryGetValue(name, out var symbol))
        {
            return Symbol(symbol);
        }

        if (MathSymbols.Functions.Contains(name))
        {
            return $"<mi>{name}</mi>";
        }

        if (MathSymbols.Limits.Contains(name))
        {
            return Limit(name switch { "argmax" => "arg max", "argmin" => "arg min", "limsup" => "lim sup", "liminf" => "lim inf", _ => name });
        }

        if (MathSymbols.Accents.TryGetValue(name, out var accent))
        {
            var element = name.StartsWith("under", StringComparison.Ordinal) ? "munder" : "mover";
            var grows = name.StartsWith("over", StringComparison.Ordinal) || name.StartsWith("under", StringComparison.Ordinal) || name.StartsWith("wide", StringComparison.Ordinal);
            return $"<{element} accent=\"true\">{Argument()}<mo stretchy=\"{(grows ? "true" : "false")}\">{accent}</mo></{element}>";
        }

        if (MathSymbols.IsAlphabet(name))
        {
            var outer = alphabet;
            alphabet = name;
            var content = Argument();
            alphabet = outer;
            return content;
        }

        switch (name)
        {
            case "frac" or "dfrac" or "tfrac" or "cfrac":
                return $"<mfrac{(name[0] == 'd' ? " displaystyle=\"true\"" : name[0] == 't' ? " displaystyle=\"false\"" : "")}>{Argument()}{Argument()}</mfrac>";
            case "binom" or "dbinom" or "tbinom":
                return $"<mrow>{Fence("(")}<mfrac linethickness=\"0\">{Argument()}{Argument()}</mfrac>{Fence(")")}</mrow>";
            case "sqrt":
                return Option() is { } degree ? $"<mroot>{Argument()}{Of(degree)}</mroot>" : $"<msqrt>{Argument()}</msqrt>";
            case "overset" or "stackrel":
                return Argument() is var above ? $"<mover>{Argument()}{above}</mover>" : "";
            case "underset":
                return Argument() is var below ? $"<munder>{Argument()}{below}</munder>" : "";
            case "text" or "textrm" or "textnormal" or "mbox" or "mathrm" or "textsf" or "texttt":
                return name == "mathrm" ? Upright(Raw()) : $"<mtext>{Encode(Raw()).Replace(' ', '\u00a0')}</mtext>";
            case "textbf" or "textit" or "emph":
                return $"<mtext style=\"{(name == "textbf" ? "font-weight:bold" : "font-style:italic")}\">{Encode(Raw()).Replace(' ', '\u00a0')}</mtext>";
            case "operatorname":
                return tex[at..].StartsWith('*') && at++ >= 0 ? Limit(Words()) : Upright(Words());
            case "mathit" or "mathnormal" or "mathop" or "mathbin" or "mathrel" or "mathord" or "ensuremath":
                return Argument();
            case "boldsymbol" or "bm" or "pmb":
                return $"<mstyle style=\"font-weight:bold\">{Argument()}</mstyle>";
            case "left":
                return LeftRight();
            case "middle":
                return Fence(Delimiter());
            case "big" or "bigl" or "bigr" or "bigm":
                return Sized("1.2em");
            case "Big" or "Bigl" or "Bigr" or "Bigm":
                return Sized("1.8em");
            case "bigg" or "biggl" or "biggr" or "Bigg" or "Biggl" or "Biggr":
                return Sized("2.4em");
            case "not":
                return $"<mo>{Encode(Plain(Next()))}\u0338</mo>";
            case "bmod":
                return "<mo lspace=\"0.22em\" rspace=\"0.22em\">mod</mo>";
            case "pmod":
                return $"<mrow>{Space(1)}<mo>(</mo><mi>mod</mi>{Space(0.33)}{Argument()}<mo>)</mo></mrow>";
            case "phantom":
                return $"<mphantom>{Argument()}</mphantom>";
            case "substack":
                Take("{");
                return Table("}", "", aligned: false);
            case "begin":
                return Environment(Raw());
            case "color" or "textcolor":
                Raw();
                return Argument();
            case "tag":
                return $"{Space(2)}<mtext>({Encode(Raw())})</mtext>";
            case "label" or "hspace" or "vspace" or "require":
                Raw();
                return "";
            case "nonumber" or "notag" or "hline" or "!" or "allowbreak" or "limits" or "nolimits":
                return "";
            case "," or "thinspace":
                return Space(0.17);
            case ":" or ">" or "medspace":
                return Space(0.22);
            case ";" or "thickspace" or " " or "enspace":
                return Space(0.28);
            case "quad":
                return Space(1);
            case "qquad":
                return Space(2);
            default:
                throw new FormatException($"\\{name} is not known");
        }
    }

    private static string Of(string tex) => new MathMarkup(tex).Row(_ => false);

    private static string Upright(string name) => $"<mi mathvariant=\"normal\">{Encode(name)}</mi>";

    private static string Limit(string name) => $"<mo movablelimits=\"true\" lspace=\"0\" rspace=\"0.17em\">{Encode(name)}</mo>";

    private static string Space(double em) => string.Create(CultureInfo.InvariantCulture, $"<mspace width=\"{em}em\"></mspace>");

    private static string Fence(string text) => text.Length == 0 ? "" : $"<mo fence=\"true\" stretchy=\"true\">{Encode(text)}</mo>";

    private string Sized(string size) => $"<mo stretchy=\"true\" minsize=\"{size}\" maxsize=\"{size}\">{Encode(Delimiter())}</mo>";

    private string LeftRight()
    {
        var open = Delimiter();
        var row = Row(token => token == "\\right");
        Take("\\right");
        return $"<mrow>{Fence(open)}{row}{Fence(Delimiter())}</mrow>";
    }

    private string Delimiter() => Plain(Next()) switch { "." => "", "<" => "⟨", ">" => "⟩", var other => other };

    private static string Plain(string? token) => token switch
    {
        null => throw new FormatException("something is missing at the end"),
        ['\\', .. var name] => MathSymbols.Characters.GetValueOrDefault(name) ?? throw new FormatException($"{token} is no bracket"),
        _ => token,
    };

    private string Environment(string name)
    {
        if (name is "array" or "alignedat" or "alignat" or "alignat*")
        {
            Raw();
        }

        var end = $"\\end{{{name}}}";
        var (open, close) = name.TrimEnd('*') switch
        {
            "pmatrix" => ("(", ")"),
            "bmatrix" => ("[", "]"),
            "Bmatrix" => ("{", "}"),
            "vmatrix" => ("|", "|"),
            "Vmatrix" => ("‖", "‖"),
            "cases" => ("{", ""),
            "matrix" or "smallmatrix" or "array" or "align" or "aligned" or "alignat" or "alignedat" or "split" or "eqnarray" or "gather" or "gathered" or "multline" or "equation" or "displaymath" or "math" => ("", ""),
            _ => throw new FormatException($"the environment {name} is not known"),
        };
        var isAligned = name.StartsWith("align", StringComparison.Ordinal) || name is "split" || name.StartsWith("eqnarray", StringComparison.Ordinal);
        return $"<mrow>{Fence(open)}{Table(end, name == "cases" ? "text-align:left" : "", isAligned)}{Fence(close)}</mrow>";
    }

    // Rows between \\ and cells between &, up to the end, which is taken.
    private string Table(string end, string style, bool aligned)
    {
        var isEnd = (string token) => end == "}" ? token == "}" : token == "\\end";
        var rows = new StringBuilder();
        for (var last = false; !last;)
        {
            rows.Append("<mtr>");
            for (var column = 0; ; column++)
            {
                var cell = Row(token => token is "&" or "\\\\" || isEnd(token));
                var align = aligned ? column % 2 == 0 ? "text-align:right;padding-right:0" : "text-align:left;padding-left:0" : style;
                rows.Append($"<mtd{(align.Length > 0 ? $" style=\"{align}\"" : "")}>{cell}</mtd>");
                var token = Next() ?? throw new FormatException($"{end} is missing");
                if (token != "&")
                {
                    last = isEnd(token);
                    break;
                }
            }

            rows.Append("</mtr>");
            if (!last)
            {
                // \\[2pt] asks for room below the row; a line end before the end makes no row.
                Option();
                last = Peek() is { } next && isEnd(next) && Next() is not null;
            }
        }

        if (end != "}" && Raw() != end[5..^1])
        {
            throw new FormatException($"{end} is missing");
        }

        return $"<mtable{(aligned ? " displaystyle=\"true\"" : "")}>{rows}</mtable>";
    }

    private void Take(string expected)
    {
        if (Next() != expected)
        {
            throw new FormatException($"{expected} is missing");
        }
    }

    private string? Peek()
    {
        var before = at;
        var token = Next();
        at = before;
        return token;
    }

    /// <summary>The next token: a command with its backslash, a number, or one character; null at the end. Blanks and comments are passed over.</summary>
    private string? Next()
    {
        while (at < tex.Length && (char.IsWhiteSpace(tex[at]) || tex[at] == '%'))
        {
            at = tex[at] == '%' ? tex.IndexOf('\n', at) is var line and >= 0 ? line + 1 : tex.Length : at + 1;
        }

        if (at >= tex.Length)
        {
            return null;
        }

        var start = at++;
        if (tex[start] == '\\')
        {
            at += at < tex.Length ? 1 : 0;
            while (char.IsAsciiLetter(tex[start + 1 < tex.Length ? start + 1 : start]) && at < tex.Length && char.IsAsciiLetter(tex[at]))
            {
                at++;
            }
        }
        else if (char.IsAsciiDigit(tex[start]))
        {
            while (at < tex.Length && (char.IsAsciiDigit(tex[at]) || (tex[at] == '.' && at + 1 < tex.Length && char.IsAsciiDigit(tex[at + 1]))))
            {
                at++;
            }
        }
        else if (char.IsHighSurrogate(tex[start]) && at < tex.Length)
        {
            at++;
        }

        return tex[start..at];
    }

    /// <summary>What stands between the next braces, as it stands.</summary>
    private string Raw()
    {
        Take("{");
        var start = at;
        for (var open = 1; at < tex.Length; at++)
        {
            open += tex[at] switch { '{' => 1, '}' => -1, _ => 0 };
            if (open == 0)
            {
                return tex[start..at++];
            }
        }

        throw new FormatException("} is missing");
    }

    private string Words() => Raw().Replace("\\,", "\u2009", StringComparison.Ordinal).Replace("\\ ", " ", StringComparison.Ordinal);

    /// <summary>What stands between brackets, if the next token is one.</summary>
    private string? Option()
    {
        if (Peek() != "[")
        {
            return null;
        }

        Next();
        var end = tex.IndexOf(']', at);
        var option = end < 0 ? throw new FormatException("] is missing") : tex[at..end];
        at = end + 1;
        return option;
    }

    private static string Encode(string text) => WebUtility.HtmlEncode(text);
}
