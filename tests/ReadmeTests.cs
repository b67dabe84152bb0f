using System.Text.RegularExpressions;
using Ndt.Cli.Notebooks.Execution;
using Ndt.Tests.Notebooks.Execution;

namespace Ndt.Tests;

public sealed partial class ReadmeTests
{
    [Fact]
    [Trait("Category", "Integration")]
    public async Task The_example_for_ones_own_network_compiles_and_runs()
    {
        var readme = await File.ReadAllTextAsync(Path.Combine(RepositoryPaths.Root, "README.md"), TestContext.Current.CancellationToken);
        var example = Assert.Single(Examples().Matches(readme)).Groups[1].Value;
        // A cell has no `using` declarations; the rest is the example as it stands.
        using var session = new NotebookSession(RepositoryPaths.Root);
        var sink = new RecordingSink();
        await session.RunAsync(example.Replace("using var ", "var ", StringComparison.Ordinal), 1, sink, limit: null, TestContext.Current.CancellationToken);
        var printed = Assert.Single(sink.Messages);
        Assert.Matches("^stdout:hidden: stable rank [0-9.]+ before, [0-9.]+ after\nout: stable rank ", printed);
    }

    [Fact]
    public void Every_file_that_the_readme_links_to_is_there()
    {
        var readme = File.ReadAllText(Path.Combine(RepositoryPaths.Root, "README.md"));
        Assert.NotEmpty(Links().Matches(readme));
        Assert.All(Links().Matches(readme), link => Assert.True(Path.Exists(Path.Combine(RepositoryPaths.Root, link.Groups[1].Value)), link.Groups[1].Value));
    }

    [GeneratedRegex("```csharp\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Examples();

    [GeneratedRegex(@"\]\((?!https?:)([^)#]+)\)")]
    private static partial Regex Links();
}
