using System.Net;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Ndt.Cli.Notebooks;

namespace Ndt.Cli.Pages;

/// <summary>C# as HTML, with keywords, strings and comments marked.</summary>
internal static class CodeMarkup
{
    /// <summary>The markup; the text is escaped. Code nested too deep to be parsed is shown without marks.</summary>
    public static string Of(string code)
    {
        if (CodeNesting.IsTooDeep(code))
        {
            return WebUtility.HtmlEncode(code);
        }

        var html = new StringBuilder();
        foreach (var token in CSharpSyntaxTree.ParseText(code, new CSharpParseOptions(kind: SourceCodeKind.Script)).GetRoot().DescendantTokens())
        {
            AppendTrivia(html, token.LeadingTrivia);
            Append(html, token.Text, ClassOf(token));
            AppendTrivia(html, token.TrailingTrivia);
        }

        return html.ToString();
    }

    private static string? ClassOf(SyntaxToken token) => token.Kind() switch
    {
        SyntaxKind.StringLiteralToken or SyntaxKind.CharacterLiteralToken or SyntaxKind.InterpolatedStringTextToken
            or SyntaxKind.SingleLineRawStringLiteralToken or SyntaxKind.MultiLineRawStringLiteralToken => "s",
        var kind when SyntaxFacts.IsKeywordKind(kind) => "k",
        SyntaxKind.IdentifierToken when token.Text == "var" => "k",
        _ => null,
    };

    private static void AppendTrivia(StringBuilder html, SyntaxTriviaList trivia)
    {
        foreach (var piece in trivia)
        {
            Append(html, piece.ToFullString(), piece.IsKind(SyntaxKind.WhitespaceTrivia) || piece.IsKind(SyntaxKind.EndOfLineTrivia) ? null : "c");
        }
    }

    private static void Append(StringBuilder html, string text, string? style)
    {
        var encoded = WebUtility.HtmlEncode(text);
        html.Append(style is null || text.Length == 0 ? encoded : $"<span class=\"{style}\">{encoded}</span>");
    }
}
