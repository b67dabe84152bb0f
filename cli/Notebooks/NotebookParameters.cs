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

    /// <summary>What the notebook takes; empty when no cell is tagged, or its code is nested too deep to be parsed.</summary>
    public static IReadOnlyList<NotebookParameter> Read(NotebookDocument document) => Script(document) is { } script ? Read(script) : [];

    /// <summary>Puts values into a notebook; throws <see cref="InputException"/> for a name it does not have or a value of another type.</summary>
    public static void Inject(NotebookDocument document, IReadOnlyDictionary<string, string> values, string path)
    {
        if (values.Count == 0)
        {
            return;
        }

        var script = Script(document);
        NotebookParameter[] known = script is null ? [] : Read(script);
        var lines = values.Select(given =>
        {
            var parameter = known.FirstOrDefault(p => p.Name == given.Key)
                ?? throw new InputException($"{path}: no parameter is called '{given.Key}'; {Known(known)}");
            return parameter.Obstacle is { } obstacle
                ? throw new InputException($"{path}: parameter {parameter.Name} cannot be set: {obstacle}")
                : Declaration(script!, parameter, given.Value)
                    ?? throw new InputException($"{path}: parameter {parameter.Name} is '{given.Value}'; a value of type {parameter.Type} is expected{(parameter.Default is null ? "" : $", such as {parameter.Default}")}");
        });
        var injected = NotebookCell.Code(InjectedId, string.Join('\n', lines.Prepend("// Parameters")), InjectedTag);
        foreach (var old in document.Cells.Where(c => c.Tags.Contains(InjectedTag)).ToArray())
        {
            document.Remove(old);
        }

        document.Insert(document.Cells.TakeWhile(c => !IsTagged(c)).Count() + 1, injected);
    }

    private static bool IsTagged(NotebookCell cell) => cell.IsCode && cell.Tags.Contains(Tag);

    private static ParameterScript? Script(NotebookDocument document)
    {
        var tagged = document.Cells.FirstOrDefault(IsTagged);
        return tagged is null || CodeNesting.IsTooDeep(tagged.Source)
            ? null
            : new ParameterScript(document.Cells.TakeWhile(c => c != tagged).Where(c => c.IsCode && !CodeNesting.IsTooDeep(c.Source)).Append(tagged).Select(c => c.Source));
    }

    private static NotebookParameter[] Read(ParameterScript script) => [.. script.Root.Members.SelectMany(member => member switch
    {
        FieldDeclarationSyntax field => field.Declaration.Variables.Select(variable => Read(script, field, variable)),
        PropertyDeclarationSyntax property => [new NotebookParameter(property.Identifier.ValueText, property.Type.ToString(), null, "", Obstacle: "it is a property; declare a variable")],
        GlobalStatementSyntax statement => statement.DescendantNodes(node => node is not AnonymousFunctionExpressionSyntax).OfType<SingleVariableDesignationSyntax>()
            .Select(name => new NotebookParameter(name.Identifier.ValueText, "var", null, "", Obstacle: "it is declared inside a statement; declare it by itself")),
        _ => Array.Empty<NotebookParameter>(),
    })];

    private static NotebookParameter Read(ParameterScript script, FieldDeclarationSyntax field, VariableDeclaratorSyntax variable)
    {
        var type = script.TypeOf(variable);
        var declared = field.Declaration.Type;
        var obstacle = declared.IsVar && type.TypeKind == TypeKind.Error ? "its type is not known before the notebook runs; write it in place of var"
            : type.IsAnonymousType || type.TypeKind is TypeKind.Delegate or TypeKind.Pointer ? "its type has no values that can be written on a command line"
            : null;
        var value = variable.Initializer?.Value;
        return new NotebookParameter(
            variable.Identifier.ValueText,
            declared.IsVar ? script.NameOf(type) : declared.ToString(),
            value?.ToString().Contains('\n', StringComparison.Ordinal) == true ? value.NormalizeWhitespace("", " ").ToString() : value?.ToString(),
            CommentOf(field),
            field.Modifiers.Any(SyntaxKind.ConstKeyword),
            obstacle);
    }

    private static string Known(NotebookParameter[] known) => known.Length == 0
        ? $"no cell of it is tagged '{Tag}'"
        : $"it has {string.Join(", ", known.Select(p => $"{p.Name} ({p.Type})"))}";

    /// <summary>The line that sets the parameter, or null where the value is none of its type.</summary>
    private static string? Declaration(ParameterScript script, NotebookParameter parameter, string value)
    {
        var variable = script.Root.DescendantNodes().OfType<VariableDeclaratorSyntax>().First(v => v.Identifier.ValueText == parameter.Name);
        var type = script.TypeOf(variable);
        // What the help prints is meant as it stands, whatever it is.
        var readings = value.Trim() == parameter.Default ? [parameter.Default] : ParameterValue.Readings(type, value);
        return readings
            .Select(reading => $"{(parameter.IsConstant ? "const " : "")}{parameter.Type} {parameter.Name} = {reading};")
            .FirstOrDefault(declaration => script.Accepts(declaration, type));
    }

    private static string CommentOf(FieldDeclarationSyntax member)
    {
        var comments = member.SemicolonToken.TrailingTrivia.Concat(member.GetLeadingTrivia().Reverse())
            .Where(t => t.IsKind(SyntaxKind.SingleLineCommentTrivia));
        return comments.Select(t => t.ToString().TrimStart('/').Trim()).FirstOrDefault() ?? "";
    }
}
