using System.Globalization;
using Microsoft.DotNet.Interactive.Documents;
using Ndt.Cli.Notebooks.Directives;

namespace Ndt.Cli.Notebooks.Execution;

/// <summary>What <c>#!import</c> names: paths count from the file that names them, and a file cannot import itself, also not by way of others.</summary>
internal sealed class NotebookImports(string folder)
{
    private readonly Stack<string> open = new();

    /// <summary>Whether what runs is an imported file's.</summary>
    public bool IsOpen => open.Count > 0;

    /// <summary>A file's pieces of code, in their order.</summary>
    /// <param name="Name">The file's name.</param>
    /// <param name="Sources">Its cells.</param>
    internal sealed record Imported(string Name, IReadOnlyList<Source> Sources);

    /// <summary>A cell of an imported file.</summary>
    /// <param name="Code">Its text.</param>
    /// <param name="Language">Its kernel.</param>
    /// <param name="MayFail">Whether its error is part of the story.</param>
    internal sealed record Source(string Code, string Language, bool MayFail);

    /// <summary>Reads a file and keeps it in mind until <see cref="Close"/>.</summary>
    public Imported Open(CellPart part)
    {
        var path = Path.GetFullPath(part.Text, open.TryPeek(out var importing) ? Path.GetDirectoryName(importing)! : folder);
        if (!File.Exists(path))
        {
            throw new CellDirectiveException(part.Line, $"#!import: there is no file {part.Text}");
        }

        if (open.Contains(path))
        {
            throw new CellDirectiveException(part.Line, $"#!import: {part.Text} imports itself ({string.Join(" → ", open.Reverse().Append(path).Select(Path.GetFileName))})");
        }

        var sources = Read(path, part);
        open.Push(path);
        return new Imported(Path.GetFileName(path), sources);
    }

    /// <summary>The file that was opened last has been run.</summary>
    public void Close() => open.Pop();

    private static Source[] Read(string path, CellPart part)
    {
        try
        {
            return Path.GetExtension(path).ToLowerInvariant() switch
            {
                ".ipynb" => [.. NotebookDocument.ReadToRun(path).Cells.Where(c => c.IsRun).Select(c => new Source(c.Source, c.Language, c.MayFail))],
                ".dib" => [.. Elements(path).Where(e => e.KernelName != "markdown").Select(e => new Source(e.Contents, e.KernelName ?? CellProgram.CSharp, MayFail: false))],
                _ => [new Source(File.ReadAllText(path), CellProgram.CSharp, MayFail: false)],
            };
        }
        catch (InputException e)
        {
            throw new CellDirectiveException(part.Line, string.Create(CultureInfo.InvariantCulture, $"#!import: {e.Message.Replace(path, part.Text, StringComparison.Ordinal)}"));
        }
    }

    /// <summary>The cells of .NET Interactive's own file format, by its own reader.</summary>
    private static IEnumerable<InteractiveDocumentElement> Elements(string path)
    {
        var kernels = new KernelInfoCollection();
        foreach (var names in CellProgram.Kernels.GroupBy(k => k.Value, k => k.Key))
        {
            kernels.Add(new KernelInfo(names.Key, aliases: [.. names.Where(n => n != names.Key)]));
        }

        kernels.DefaultKernelName = CellProgram.CSharp;
        return CodeSubmission.Parse(File.ReadAllText(path), kernels).Elements;
    }
}
