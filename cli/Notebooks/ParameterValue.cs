using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Ndt.Cli.Notebooks;

/// <summary>
/// A value from a command line as a C# expression: written in C#, as papermill takes it (<c>[1, 2]</c>, <c>None</c>, <c>True</c>,
/// <c>{"a": 1}</c>), or bare, as text, a member's name or a list between commas.
/// </summary>
internal static class ParameterValue
{
    private static readonly CultureInfo Culture = CultureInfo.InvariantCulture;

    /// <summary>What the value may mean for a type, the likeliest first; which of them fits is for the compiler to say.</summary>
    public static IEnumerable<string> Readings(ITypeSymbol type, string value)
    {
        var text = value.Trim();
        if (text is "null" or "None" && (type.NullableAnnotation == NullableAnnotation.Annotated || (type.IsReferenceType && type.SpecialType != SpecialType.System_String)))
        {
            return ["null"];
        }

        if (type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable)
        {
            return Readings(nullable.TypeArguments[0], value);
        }

        return type switch
        {
            { SpecialType: SpecialType.System_String } => [IsStringLiteral(text) ? text : Quote(value)],
            { SpecialType: SpecialType.System_Boolean } when bool.TryParse(text, out var truth) => [truth ? "true" : "false"],
            { SpecialType: SpecialType.System_Char } when value is [var character] => [SymbolDisplay.FormatLiteral(character, quote: true)],
            { SpecialType: SpecialType.System_Object } => [text, Quote(value)],
            { TypeKind: TypeKind.Enum } => Members(type, text).Append(text),
            _ when Number(type.SpecialType, text) is { } number => [number],
            _ when Moment(type.Name, text) => [$"System.{type.Name}.Parse({Quote(text)}, System.Globalization.CultureInfo.InvariantCulture)", text],
            _ when Items(type) is { } items => [.. Collection(type, items, text), text],
            _ => [text],
        };
    }

    private static string Quote(string text) => SymbolDisplay.FormatLiteral(text, quote: true);

    private static bool IsStringLiteral(string text) =>
        text.EndsWith('"') && text.Length > 1 && SyntaxFactory.ParseExpression(text) is LiteralExpressionSyntax { ContainsDiagnostics: false } literal
        && literal.IsKind(SyntaxKind.StringLiteralExpression) && literal.FullSpan.Length == text.Length;

    /// <summary>Of what .NET itself reads as a number, a literal of that type; C# has no words for what is not finite.</summary>
    private static string? Number(SpecialType type, string text) => type switch
    {
        SpecialType.System_Double when double.TryParse(Spelled(text), NumberStyles.Float, Culture, out var d) => Literal("double", d, d.ToString("R", Culture) + "d"),
        SpecialType.System_Single when float.TryParse(Spelled(text), NumberStyles.Float, Culture, out var f) => Literal("float", f, f.ToString("R", Culture) + "f"),
        SpecialType.System_Decimal when decimal.TryParse(text, NumberStyles.Float, Culture, out var m) => m.ToString(Culture) + "m",
        SpecialType.System_Int64 when long.TryParse(text, NumberStyles.AllowLeadingSign, Culture, out var l) => l.ToString(Culture) + "L",
        >= SpecialType.System_SByte and <= SpecialType.System_UInt64 when decimal.TryParse(text, NumberStyles.AllowLeadingSign, Culture, out var i) => i.ToString(Culture),
        _ => null,
    };

    private static string Spelled(string text) => text.ToUpperInvariant().TrimStart('+') switch
    {
        "NAN" => "NaN",
        "INF" or "INFINITY" or "∞" => "Infinity",
        "-INF" or "-INFINITY" or "-∞" => "-Infinity",
        _ => text,
    };

    private static string Literal(string type, double value, string finite) =>
        double.IsNaN(value) ? $"{type}.NaN" : double.IsInfinity(value) ? $"{type}.{(value > 0 ? "Positive" : "Negative")}Infinity" : finite;

    private static IEnumerable<string> Members(ITypeSymbol type, string text) => type.GetMembers().OfType<IFieldSymbol>()
        .Where(member => member.Name.Equals(text, StringComparison.OrdinalIgnoreCase))
        .OrderByDescending(member => member.Name == text)
        .Select(member => $"{type.ToDisplayString(SymbolDisplayFormat.CSharpErrorMessageFormat)}.{member.Name}");

    private static bool Moment(string type, string text) => type switch
    {
        nameof(DateTime) => DateTime.TryParse(text, Culture, out _),
        nameof(DateTimeOffset) => DateTimeOffset.TryParse(text, Culture, out _),
        nameof(DateOnly) => DateOnly.TryParse(text, Culture, out _),
        nameof(TimeOnly) => TimeOnly.TryParse(text, Culture, out _),
        nameof(TimeSpan) => TimeSpan.TryParse(text, Culture, out _),
        nameof(Guid) => Guid.TryParse(text, out _),
        _ => false,
    };

    /// <summary>The types of what a collection holds: one for a list, two for a dictionary; null for what is none.</summary>
    private static ITypeSymbol[]? Items(ITypeSymbol type) => type switch
    {
        IArrayTypeSymbol { Rank: 1 } array => [array.ElementType],
        INamedTypeSymbol { TypeArguments: [var key, var value] } named when named.Name.EndsWith("Dictionary", StringComparison.Ordinal) => [key, value],
        INamedTypeSymbol { TypeArguments: [var item], TypeKind: not TypeKind.Delegate } => [item],
        _ => null,
    };

    /// <summary>Item by item, each in its own readings: what stands in brackets, or between commas.</summary>
    private static IEnumerable<string> Collection(ITypeSymbol type, ITypeSymbol[] items, string text)
    {
        var inner = text is ['[', .., ']'] or ['{', .., '}'] or ['(', .., ')'] ? text[1..^1] : text;
        var parts = Split(inner, ',');
        if (items is [var item])
        {
            var values = parts.Select(part => Reading(item, part)).ToArray();
            if (!values.Contains(null))
            {
                yield return $"[{string.Join(", ", values)}]";
            }

            yield break;
        }

        var pairs = parts.Select(part => Split(part, ':') is [var key, var value] && (Reading(items[0], key), Reading(items[1], value)) is ({ } k, { } v) ? $"[{k}] = {v}" : null).ToArray();
        if (!pairs.Contains(null))
        {
            var made = type.TypeKind == TypeKind.Interface ? $" System.Collections.Generic.Dictionary<{items[0].ToDisplayString()}, {items[1].ToDisplayString()}>" : "";
            yield return $"new{(made.Length > 0 ? made : "()")} {{ {string.Join(", ", pairs)} }}";
        }
    }

    private static string? Reading(ITypeSymbol type, string part) =>
        Readings(type, type.SpecialType == SpecialType.System_String && part is ['\'', .., '\''] ? part[1..^1] : part).FirstOrDefault(reading => reading.Length > 0 && !SyntaxFactory.ParseExpression(reading).ContainsDiagnostics);

    /// <summary>The parts between separators that stand in no brackets and no quotes; an empty last one is left out.</summary>
    private static string[] Split(string text, char separator)
    {
        var parts = new List<string>();
        var (start, depth, quote) = (0, 0, '\0');
        for (var i = 0; i <= text.Length; i++)
        {
            var character = i < text.Length ? text[i] : separator;
            if (i == text.Length || (character == separator && depth == 0 && quote == '\0'))
            {
                parts.Add(text[start..i].Trim());
                start = i + 1;
            }
            else if (quote != '\0')
            {
                quote = character == quote && text[i - 1] != '\\' ? '\0' : quote;
            }
            else if (character is '"' or '\'')
            {
                quote = character;
            }
            else
            {
                depth += character is '[' or '{' or '(' ? 1 : character is ']' or '}' or ')' ? -1 : 0;
            }
        }

        return parts is [.., ""] ? [.. parts[..^1]] : [.. parts];
    }
}
