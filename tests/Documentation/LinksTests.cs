using System.Text.RegularExpressions;
using Markdig;
using Markdig.Helpers;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace Ndt.Tests.Documentation;

public sealed partial class LinksTests
{
    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder().UsePipeTables().UseAutoLinks().Build();

    public static TheoryData<string> Pages => [.. Directory.GetFiles(RepositoryPaths.Root, "*.md")
        .Concat(((string[])["docs", "data", "results", "notebooks", "tests"]).Select(folder => Path.Combine(RepositoryPaths.Root, folder))
            .Where(Directory.Exists)
            .SelectMany(folder => Directory.GetFiles(folder, "*.md", SearchOption.AllDirectories)))
        .Select(path => Path.GetRelativePath(RepositoryPaths.Root, path).Replace('\\', '/'))
        .Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Pages))]
    public void Every_relative_link_and_image_leads_to_a_file_and_a_heading_that_are_there(string page)
    {
        var path = Path.Combine(RepositoryPaths.Root, page);
        Assert.All(Targets(path), target =>
        {
            var parts = target.Split('#', 2);
            var file = parts[0].Length == 0 ? path : Path.GetFullPath(Path.Combine(Path.GetDirectoryName(path)!, Uri.UnescapeDataString(parts[0])));
            Assert.True(Path.Exists(file), $"{page}: {target}: there is no {Path.GetRelativePath(RepositoryPaths.Root, file)}");
            Assert.StartsWith(RepositoryPaths.Root, file, StringComparison.Ordinal);
            if (parts.Length == 2 && file.EndsWith(".md", StringComparison.Ordinal))
            {
                Assert.True(Headings(file).Contains(parts[1]), $"{page}: {target}: no such heading; there are {string.Join(", ", Headings(file))}");
            }
        });
    }

    /// <summary>Pages that send the reader on: where none of their links were found, none would be followed above.</summary>
    [Theory]
    [InlineData("README.md")]
    [InlineData("CONTRIBUTING.md")]
    [InlineData("CHANGELOG.md")]
    [InlineData("docs/architecture.md")]
    [InlineData("docs/errata.md")]
    public void Links_are_found_where_there_are_some(string page) => Assert.NotEmpty(Targets(Path.Combine(RepositoryPaths.Root, page)));

    private static IEnumerable<string> Targets(string path)
    {
        var document = Markdown.Parse(File.ReadAllText(path), Pipeline);
        var inMarkup = document.Descendants<HtmlInline>().Select(html => html.Tag).Concat(document.Descendants<HtmlBlock>().Select(html => html.Lines.ToString()))
            .SelectMany(html => Attribute().Matches(html).Select(match => match.Groups[1].Value));
        return document.Descendants<LinkInline>().Select(link => link.Url ?? "").Concat(inMarkup)
            .Where(url => !Uri.TryCreate(url, UriKind.Absolute, out var absolute) || absolute.IsFile);
    }

    private static HashSet<string> Headings(string path) =>
        [.. Markdown.Parse(File.ReadAllText(path), Pipeline).Descendants<HeadingBlock>()
            .Select(heading => LinkHelper.UrilizeAsGfm(string.Concat(heading.Inline!.Descendants().Select(part => part switch { LiteralInline text => text.Content.ToString(), CodeInline code => code.Content, _ => "" }))))];

    [GeneratedRegex("(?:src|href)=\"([^\"]+)\"")]
    private static partial Regex Attribute();
}
