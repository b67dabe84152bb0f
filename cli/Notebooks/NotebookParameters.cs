using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Ndt.Cli.Notebooks;

/// <summary>
/// A notebook's parameters by papermill's convention: the variables that the cell tagged <c>parameters</c> declares are the
/// names, types and defaults; given values go into a cell of their own after it, tagged <c>injected-parameters</c>.
/// </summary>
internal static class NotebookParameters
{
    private const string Tag = "parameters";
    private const string InjectedTag = "injected-parameters";
    private const string InjectedId = "injected-parameters";

    private static readonly string[] Types = ["int", "long", "double", "float", "decimal", "bool", "string"];

    /// <summary>What the notebook takes; empty when no cell is tagged, or its code is nested too deep to be parsed.</summary>
    public static IReadOnlyList<NotebookParameter> Read(NotebookDocument document)
    {
        if (document.Cells.FirstOrDefault(c => c.IsCode && c.Tags.Contains(Tag)) is not { } cell || CodeNesting.IsTooDeep(cell.Source))
        {
            return [];
        }

        var root = CSharpSyntaxTree.ParseText(cell.Source, new CSharpParseOptions(kind: SourceCodeKind.Script)).GetCompilationUnitRoot();
        return
        [
            .. from member in root.Members.OfType<FieldDeclarationSyntax>()
               from variable in member.Declaration.Variables
               where variable.Initializer is not null
               let type = TypeOf(member.Declaration.Type, variable.Initializer!.Value)
               where type is not null
               select new NotebookParameter(variable.Identifier.ValueText, type, variable.Initializer!.Value.ToString(), CommentOf(member)),
        ];
    }

    /// <summary>Puts values into a notebook; throws <see cref="InputException"/> for a name it does not have or a value of another type.</summary>
    public static void Inject(NotebookDocument document, IReadOnlyDictionary<string, string> values, string path)
    {
        if (values.Count == 0)
        {
            return;
        }

        var known = Read(document);
        var lines = values.Select(given =>
        {
            var parameter = known.FirstOrDefault(p => p.Name == given.Key)
                ?? throw new InputException($"{path}: no parameter is called '{given.Key}'; {Known(known)}");
            var literal = Literal(parameter.Type, given.Value)
                ?? throw new InputException($"{path}: parameter {parameter.Name} is '{given.Value}'; a value of type {parameter.Type} is expected, such as {parameter.Default}");
            return $"{parameter.Type} {parameter.Name} = {literal};";
        });
        var injected = NotebookCell.Code(InjectedId, string.Join('\n', lines.Prepend("// Parameters")), InjectedTag);
        foreach (var old in document.Cells.Where(c => c.Tags.Contains(InjectedTag)).ToArray())
        {
            document.Remove(old);
        }

        var declared = document.Cells.TakeWhile(c => !(c.IsCode && c.Tags.Contains(Tag))).Count();
        document.Insert(declared + 1, injected);
    }

    private static string Known(IReadOnlyList<NotebookParameter> known) => known.Count == 0
        ? $"no cell of it is tagged '{Tag}'"
        : $"it has {string.Join(", ", known.Select(p => $"{p.Name} ({p.Type})"))}";

    private static string? TypeOf(TypeSyntax declared, ExpressionSyntax value)
    {
        var type = declared.ToString().TrimEnd('?');
        if (type != "var")
        {
            return Types.Contains(type) || (type.EndsWith("[]", StringComparison.Ordinal) && Types.Contains(type[..^2])) ? type : null;
        }

        var literal = value is PrefixUnaryExpressionSyntax signed ? signed.Operand : value;
        return (literal as LiteralExpressionSyntax)?.Token.Value switch
        {
            int => "int",
            long => "long",
            double => "double",
            float => "float",
            decimal => "decimal",
            bool => "bool",
            string => "string",
            _ => null,
        };
    }

    private static string CommentOf(FieldDeclarationSyntax member)
    {
        var comments = member.SemicolonToken.TrailingTrivia.Concat(member.GetLeadingTrivia().Reverse())
            .Where(t => t.IsKind(SyntaxKind.SingleLineCommentTrivia));
        return comments.Select(t => t.ToString().TrimStart('/').Trim()).FirstOrDefault() ?? "";
    }

    /// <summary>A value as a C# literal of the type, or null where it is not one.</summary>
    private static string? Literal(string type, string value)
    {
        if (type.EndsWith("[]", StringComparison.Ordinal))
        {
            var items = value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(item => Literal(type[..^2], item)).ToArray();
            return items.Contains(null) ? null : $"[{string.Join(", ", items)}]";
        }

        var culture = CultureInfo.InvariantCulture;
        return type switch
        {
            "int" => int.TryParse(value, NumberStyles.AllowLeadingSign, culture, out var i) ? i.ToString(culture) : null,
            "long" => long.TryParse(value, NumberStyles.AllowLeadingSign, culture, out var l) ? l.ToString(culture) + "L" : null,
            "double" => double.TryParse(value, NumberStyles.Float, culture, out var d) ? Double(d) : null,
            "float" => float.TryParse(value, NumberStyles.Float, culture, out var f) && float.IsFinite(f) ? f.ToString("R", culture) + "f" : null,
            "decimal" => decimal.TryParse(value, NumberStyles.Float, culture, out var m) ? m.ToString(culture) + "m" : null,
            "bool" => bool.TryParse(value, out var b) ? (b ? "true" : "false") : null,
            _ => SymbolDisplay.FormatLiteral(value, quote: true),
        };
    }

    private static string Double(double value) => value switch
    {
        double.NaN => "double.NaN",
        double.PositiveInfinity => "double.PositiveInfinity",
        double.NegativeInfinity => "double.NegativeInfinity",
        _ => value.ToString("R", CultureInfo.InvariantCulture) + "d",
    };
}
