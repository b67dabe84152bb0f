using Ndt.Cli.Pages;

namespace Ndt.Tests.Pages;

public sealed class PageAssetsTests
{
    [Fact]
    public void An_older_version_of_a_script_is_replaced_and_the_present_one_is_left_alone()
    {
        using var folder = new TemporaryFolder();
        var plotly = folder.Write($"{PageAssets.Folder}/{PageAssets.Plotly}", "/* older */");
        PageAssets.Write(folder.Root);
        Assert.StartsWith("/*", File.ReadAllText(plotly), StringComparison.Ordinal);
        Assert.InRange(new FileInfo(plotly).Length, 1_000_000, 10_000_000);

        var longAgo = new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        File.SetLastWriteTimeUtc(plotly, longAgo);
        PageAssets.Write(folder.Root);
        Assert.Equal(longAgo, File.GetLastWriteTimeUtc(plotly));
    }
}
