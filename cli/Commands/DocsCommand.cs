using System.CommandLine;
using Ndt.Cli.Documentation;

namespace Ndt.Cli.Commands;

/// <summary><c>ndt docs</c>: for maintainers; writes what the documentation takes from elsewhere.</summary>
internal static class DocsCommand
{
    internal static Command Create()
    {
        var command = new Command(
            "docs",
            "For maintainers: writes the pages in docs/ from the library's docstrings, and from the stored notebooks the findings in README.md and the images in docs/images.");
        command.SetAction(_ => Write(ProjectFolder.Root));
        return command;
    }

    private static void Write(string root)
    {
        var files = WrittenDocumentation.Files(root);
        foreach (var path in WrittenDocumentation.Superfluous(root, files))
        {
            File.Delete(Path.Combine(root, path));
            Console.WriteLine($"{path} removed");
        }

        foreach (var (path, content) in files)
        {
            var target = Path.Combine(root, path);
            if (!File.Exists(target) || !content.AsSpan().SequenceEqual(File.ReadAllBytes(target)))
            {
                AtomicFile.WriteBytes(target, content);
                Console.WriteLine(path);
            }
        }
    }
}
