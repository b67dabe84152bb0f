namespace Ndt.Cli.Notebooks.Directives;

/// <summary>A piece of a cell, between two directives.</summary>
/// <param name="Kernel">The kernel it is for.</param>
/// <param name="Line">The cell's line where it begins, from 1.</param>
/// <param name="Text">Code or text; of a directive its line; of an import the path.</param>
/// <param name="Kind">What is to be done with it.</param>
internal sealed record CellPart(string Kernel, int Line, string Text, CellPart.Is Kind = CellPart.Is.Code)
{
    /// <summary>What a piece is.</summary>
    internal enum Is
    {
        /// <summary>Code or text for its kernel.</summary>
        Code,

        /// <summary>Something for .NET Interactive's own parser: <c>#!share</c>, <c>#!who</c>, a package.</summary>
        Directive,

        /// <summary>The path of a notebook or a C# file whose code is run here.</summary>
        Import,
    }
}
