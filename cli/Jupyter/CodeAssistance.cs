using System.Text.Json.Nodes;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.DotNet.Interactive;
using Microsoft.DotNet.Interactive.Commands;
using Microsoft.DotNet.Interactive.Events;
using Ndt.Cli.Notebooks.Directives;

namespace Ndt.Cli.Jupyter;

/// <summary>Completion and inspection, which .NET Interactive's kernels answer, in the words of Jupyter's protocol; its cursors count Unicode characters.</summary>
internal sealed class CodeAssistance(CompositeKernel kernels)
{
    private const int MostMatches = 500;
    private const int MostOverloads = 20;

    private static readonly CSharpParseOptions ParseOptions = new(LanguageVersion.Latest, kind: SourceCodeKind.Script);

    /// <summary>The answer to a <c>complete_request</c>.</summary>
    public async Task<JsonObject> CompleteAsync(string code, int cursor)
    {
        var position = ToIndex(code, cursor);
        var result = await kernels.SendAsync(new RequestCompletions(code, Place(code, position))).ConfigureAwait(false);
        var start = position;
        while (start > 0 && (char.IsLetterOrDigit(code[start - 1]) || code[start - 1] is '_' or '@'))
        {
            start--;
        }

        // A directive's name begins at its mark.
        if (start > 1 && code[start - 1] == '!' && code[start - 2] == '#')
        {
            start -= 2;
        }

        var typed = code[start..position];
        var matches = result.Events.OfType<CompletionsProduced>().SelectMany(e => e.Completions)
            .Where(item => Name(item).StartsWith(typed, StringComparison.OrdinalIgnoreCase))
            .OrderByDescending(item => Name(item).StartsWith(typed, StringComparison.Ordinal))
            .ThenBy(item => item.SortText, StringComparer.Ordinal)
            .DistinctBy(item => item.DisplayText)
            .Take(MostMatches)
            .ToArray();
        var (first, last) = (ToCursor(code, start), ToCursor(code, position));
        return new JsonObject
        {
            ["status"] = "ok",
            ["matches"] = new JsonArray([.. matches.Select(item => (JsonNode)item.DisplayText)]),
            ["cursor_start"] = first,
            ["cursor_end"] = last,
            ["metadata"] = new JsonObject
            {
                ["_jupyter_types_experimental"] = new JsonArray([.. matches.Select(item => (JsonNode)new JsonObject
                {
                    ["text"] = item.DisplayText,
                    ["type"] = item.Kind.ToLowerInvariant(),
                    ["start"] = first,
                    ["end"] = last,
                })]),
            },
        };

        static string Name(CompletionItem item) => item.FilterText ?? item.DisplayText;
    }

    /// <summary>The answer to an <c>inspect_request</c>: signature and summary of what stands at the cursor, or before it; of a call its overloads.</summary>
    public async Task<JsonObject> InspectAsync(string code, int cursor)
    {
        var position = ToIndex(code, cursor);
        var texts = new List<string>();
        foreach (var at in (int[])[position, position - 1])
        {
            if (texts.Count == 0 && at >= 0)
            {
                var hover = await kernels.SendAsync(new RequestHoverText(code, Place(code, at))).ConfigureAwait(false);
                texts.AddRange(hover.Events.OfType<HoverTextProduced>().SelectMany(e => e.Content).Select(content => Plain(content.Value)));
            }
        }

        var help = await kernels.SendAsync(new RequestSignatureHelp(code, Place(code, Arguments(code, position)))).ConfigureAwait(false);
        var signatures = help.Events.OfType<SignatureHelpProduced>().SelectMany(e => e.Signatures ?? []).ToArray();
        if (signatures.Length > 1)
        {
            texts.Add($"Overloads:\n{string.Join('\n', signatures.Take(MostOverloads).Select(signature => signature.Label))}");
        }
        else if (texts.Count == 0)
        {
            texts.AddRange(signatures.Select(signature => $"{signature.Label}\n{signature.Documentation.Value}".Trim()));
        }

        var data = new JsonObject();
        if (texts.Count > 0)
        {
            data["text/plain"] = string.Join("\n\n", texts);
        }

        return new JsonObject { ["status"] = "ok", ["found"] = data.Count > 0, ["data"] = data, ["metadata"] = new JsonObject() };
    }

    /// <summary>The answer to an <c>is_complete_request</c>.</summary>
    public static JsonObject IsComplete(string code)
    {
        var tree = CSharpSyntaxTree.ParseText(CellProgram.Mask(code), ParseOptions);

        // A raw text without its end is no end of a submission, which the compiler's own question does not see.
        if (!SyntaxFactory.IsCompleteSubmission(tree) || tree.GetDiagnostics().Any(d => d.Id == "CS8997"))
        {
            return new JsonObject { ["status"] = "incomplete", ["indent"] = "    " };
        }

        var isInvalid = tree.GetDiagnostics().Any(d => d.Severity == Microsoft.CodeAnalysis.DiagnosticSeverity.Error);
        return new JsonObject { ["status"] = isInvalid ? "invalid" : "complete" };
    }

    /// <summary>The place behind the bracket of a call whose name the cursor is on; else the cursor's own.</summary>
    private static int Arguments(string code, int position)
    {
        var end = position;
        while (end < code.Length && (char.IsLetterOrDigit(code[end]) || code[end] == '_'))
        {
            end++;
        }

        return end < code.Length && code[end] == '(' ? end + 1 : position;
    }

    /// <summary>The kernel answers in Markdown: a summary is a quotation there.</summary>
    private static string Plain(string markdown) => markdown.ReplaceLineEndings("\n").Replace("\n> ", "\n", StringComparison.Ordinal);

    private static LinePosition Place(string code, int index)
    {
        var before = code.AsSpan(0, index);
        return new LinePosition(before.Count('\n'), index - (before.LastIndexOf('\n') + 1));
    }

    /// <summary>From a count of Unicode characters to a place in UTF-16.</summary>
    private static int ToIndex(string code, int cursor)
    {
        var index = 0;
        foreach (var rune in code.EnumerateRunes())
        {
            if (cursor-- <= 0)
            {
                break;
            }

            index += rune.Utf16SequenceLength;
        }

        return index;
    }

    private static int ToCursor(string code, int index) => code[..index].EnumerateRunes().Count();
}
