using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Ndt.Cli.Notebooks.Execution;

namespace Ndt.Cli.Notebooks;

/// <summary>
/// The cell tagged <c>parameters</c> as the compiler sees it, after the code cells before it: their names and types are known, and
/// a value is asked of the compiler itself, before anything runs.
/// </summary>
internal sealed class ParameterScript
{
    private static readonly CSharpParseOptions Parsing = new(LanguageVersion.Latest, kind: SourceCodeKind.Script);

    private static readonly CSharpCompilationOptions Options = new(OutputKind.DynamicallyLinkedLibrary, usings: CellKernel.Imports);

    private static readonly Lazy<MetadataReference[]> References = new(() => [.. HostReferences.All.Select(path => MetadataReference.CreateFromFile(path))]);

    private readonly CSharpCompilation compilation;
    private readonly SemanticModel model;
    private readonly CSharpCompilation? basis;
    private readonly string preface;

    /// <summary>The script of cells from the notebook's first to the tagged one.</summary>
    public ParameterScript(IEnumerable<string> cells)
    {
        CSharpCompilation? compilation = null, sound = null;
        foreach (var code in cells)
        {
            // Directives are the host's, and nothing to the compiler; the lines stay, blank.
            var lines = code.Split('\n').Select(line => line.TrimStart() is ['#', '!' or 'r' or 'i' or 'l', ..] ? "" : line);
            // Nothing can be built upon a cell with an error; what only the run will know (from a package) is one.
            sound = compilation is null || HasErrors(compilation) ? sound : compilation;
            compilation = CSharpCompilation.CreateScriptCompilation("parameters", CSharpSyntaxTree.ParseText(string.Join('\n', lines), Parsing), References.Value, Options, sound);
        }

        this.compilation = compilation!;
        model = this.compilation.GetSemanticModel(this.compilation.SyntaxTrees[0]);
        Root = (CompilationUnitSyntax)this.compilation.SyntaxTrees[0].GetRoot();

        // Where the tagged cell has an error itself, its types are declared anew for each value, and its variables are not known.
        (basis, preface) = HasErrors(this.compilation)
            ? (sound, string.Concat(Root.Usings.Cast<SyntaxNode>().Concat(Root.Members.OfType<BaseTypeDeclarationSyntax>()).Select(node => node.ToString() + "\n")))
            : (this.compilation, "");
    }

    /// <summary>The tagged cell.</summary>
    public CompilationUnitSyntax Root { get; }

    /// <summary>A variable's type.</summary>
    public ITypeSymbol TypeOf(VariableDeclaratorSyntax variable) => ((IFieldSymbol)model.GetDeclaredSymbol(variable)!).Type;

    /// <summary>The type as a name that means the same below the cell.</summary>
    public string NameOf(ITypeSymbol type) => type.ToMinimalDisplayString(model, Root.Span.End);

    /// <summary>Whether a declaration of one variable compiles below the cell. Of a type that only the run will know (from a package) it has to be C#, no more.</summary>
    public bool Accepts(string declaration, ITypeSymbol type)
    {
        var tree = CSharpSyntaxTree.ParseText(declaration, Parsing);
        return ((CompilationUnitSyntax)tree.GetRoot()).Members is [FieldDeclarationSyntax]
            && (type.TypeKind == TypeKind.Error
                ? !tree.GetDiagnostics().Any()
                : !HasErrors(CSharpCompilation.CreateScriptCompilation("value", CSharpSyntaxTree.ParseText(preface + declaration, Parsing), References.Value, Options, basis), preface.Length));
    }

    private static bool HasErrors(CSharpCompilation script, int from = 0) => script.GetDiagnostics().Any(d => d.Severity == DiagnosticSeverity.Error && d.Location.SourceSpan.Start >= from);
}
