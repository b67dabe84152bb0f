using System.Xml.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Ndt.Cli.Notebooks.Execution;

namespace Ndt.Cli.Documentation;

/// <summary>The library as the compiler sees it from outside: public members with their docstrings.</summary>
internal sealed class LibrarySymbols
{
    private readonly CSharpCompilation compilation = CSharpCompilation.Create(
        "docs",
        references: HostReferences.Default.Select(path => MetadataReference.CreateFromFile(path, documentation: DocumentationFiles.Of(path))));

    /// <summary>A type of the library.</summary>
    public INamedTypeSymbol Type(Type type) => compilation.GetTypeByMetadataName(type.FullName!) ?? throw new InvalidOperationException($"{type.FullName} is not in the library");

    /// <summary>A symbol's docstring, that of the interface's member where it inherits it; null where there is none.</summary>
    public static XElement? Docstring(ISymbol symbol)
    {
        var xml = symbol.GetDocumentationCommentXml();
        if (string.IsNullOrEmpty(xml))
        {
            return null;
        }

        var member = XElement.Parse(xml, LoadOptions.PreserveWhitespace);
        return member.Element("inheritdoc") is null ? member
            : symbol.ContainingType.AllInterfaces.SelectMany(one => one.GetMembers())
                .FirstOrDefault(inherited => SymbolEqualityComparer.Default.Equals(symbol.ContainingType.FindImplementationForInterfaceMember(inherited), symbol)) is { } source
                ? Docstring(source)
                : null;
    }

    /// <summary>What a user of a type can call, in the order of its source: constructors with arguments, constants and methods that have a docstring.</summary>
    public static IEnumerable<ISymbol> Members(INamedTypeSymbol type) => type.GetMembers().Where(member =>
        member.DeclaredAccessibility == Accessibility.Public
        && Docstring(member) is not null
        && member switch
        {
            IMethodSymbol { MethodKind: MethodKind.Constructor } constructor => !HoldsFigures(type) && constructor.Parameters.Length > 0,
            IMethodSymbol method => method.MethodKind == MethodKind.Ordinary,
            IFieldSymbol field => field.IsConst,
            _ => false,
        });

    /// <summary>Whether a type is a result, whose parts its parameters describe, and not something to make.</summary>
    public static bool HoldsFigures(INamedTypeSymbol type) => type.IsValueType;

    /// <summary>A member as it is declared, without its modifiers.</summary>
    public static string Signature(ISymbol member) => member is IMethodSymbol { MethodKind: MethodKind.Constructor } constructor
        ? $"new {constructor.ToDisplayString(Declaration.RemoveMemberOptions(SymbolDisplayMemberOptions.IncludeContainingType))}"
        : member.ToDisplayString(Declaration);

    private static SymbolDisplayFormat Declaration { get; } = new(
        typeQualificationStyle: SymbolDisplayTypeQualificationStyle.NameOnly,
        genericsOptions: SymbolDisplayGenericsOptions.IncludeTypeParameters,
        memberOptions: SymbolDisplayMemberOptions.IncludeParameters | SymbolDisplayMemberOptions.IncludeType | SymbolDisplayMemberOptions.IncludeContainingType | SymbolDisplayMemberOptions.IncludeConstantValue,
        parameterOptions: SymbolDisplayParameterOptions.IncludeType | SymbolDisplayParameterOptions.IncludeName | SymbolDisplayParameterOptions.IncludeDefaultValue | SymbolDisplayParameterOptions.IncludeParamsRefOut,
        miscellaneousOptions: SymbolDisplayMiscellaneousOptions.UseSpecialTypes | SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier | SymbolDisplayMiscellaneousOptions.AllowDefaultLiteral);
}
