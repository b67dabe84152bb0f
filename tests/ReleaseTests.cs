using System.Reflection;
using System.Text.RegularExpressions;

namespace Ndt.Tests;

/// <summary>What CONTRIBUTING.md asks for at a release.</summary>
public sealed partial class ReleaseTests
{
    [Fact]
    public void The_version_is_the_same_in_the_build_the_citation_and_the_changelog()
    {
        var version = typeof(InputException).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];
        Assert.Equal(version, CitedVersion().Match(Read("CITATION.cff")).Groups[1].Value);
        Assert.Equal(version, ReleasedVersion().Match(Read("CHANGELOG.md")).Groups[1].Value);
    }

    private static string Read(string name) => File.ReadAllText(Path.Combine(RepositoryPaths.Root, name));

    [GeneratedRegex(@"^version: (\S+)$", RegexOptions.Multiline)]
    private static partial Regex CitedVersion();

    // The first heading of a released version: the newest.
    [GeneratedRegex(@"^## \[(\d\S*)\] - \d{4}-\d\d-\d\d$", RegexOptions.Multiline)]
    private static partial Regex ReleasedVersion();
}
