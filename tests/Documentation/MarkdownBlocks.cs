using Markdig;
using Markdig.Syntax;

namespace Ndt.Tests.Documentation;

/// <summary>The code blocks of a Markdown file in the repository, with the headings that they stand under.</summary>
internal static class MarkdownBlocks
{
    /// <summary>The blocks of a language under a heading, from top to bottom; fails where there is no such heading.</summary>
    public static IReadOnlyList<string> Under(string file, string heading, string language)
    {
        var all = Read(file);
        Assert.True(all.Any(block => block.Heading == heading), $"{file}: no code under a heading '{heading}'; it has {string.Join(", ", all.Select(block => block.Heading).Distinct())}");
        return [.. all.Where(block => block.Heading == heading && block.Language == language).Select(block => block.Code)];
    }

    /// <summary>All blocks.</summary>
    public static IReadOnlyList<(string Heading, string Language, string Code)> Read(string file)
    {
        var heading = "";
        var blocks = new List<(string, string, string)>();
        foreach (var block in Markdown.Parse(File.ReadAllText(Path.Combine(RepositoryPaths.Root, file))))
        {
            if (block is HeadingBlock title)
            {
                heading = string.Concat(title.Inline!.Select(part => part.ToString()));
            }
            else if (block is FencedCodeBlock code)
            {
                blocks.Add((heading, code.Info ?? "", code.Lines.ToString()));
            }
        }

        return blocks;
    }
}
