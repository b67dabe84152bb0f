using System.Text.Json;

namespace Ndt.Tests;

/// <summary>The files that editors and containers start from: nobody runs them here, so their references are followed.</summary>
public sealed class StartingFilesTests
{
    public static TheoryData<string> Files => [.. new[] { ".vscode", ".devcontainer" }.SelectMany(folder => Directory.EnumerateFiles(Path.Combine(RepositoryPaths.Root, folder), "*.json")).Select(path => Path.GetRelativePath(RepositoryPaths.Root, path))];

    [Theory]
    [MemberData(nameof(Files))]
    public void Every_settings_file_is_plain_JSON_and_names_projects_that_are_there(string path)
    {
        using var json = Read(path);
        var texts = Texts(json.RootElement).ToArray();
        Assert.All(
            texts.SelectMany(text => text.Split(' ')).Where(word => word.EndsWith(".csproj", StringComparison.Ordinal)),
            project => Assert.True(File.Exists(Path.Combine(RepositoryPaths.Root, project)), project));
    }

    [Fact]
    public void What_is_debugged_is_what_its_task_builds()
    {
        using var launch = Read(".vscode/launch.json");
        using var tasks = Read(".vscode/tasks.json");
        var labels = tasks.RootElement.GetProperty("tasks").EnumerateArray().Select(task => task.GetProperty("label").GetString()).ToArray();
        Assert.Equal(labels.Distinct(), labels);
        foreach (var configuration in launch.RootElement.GetProperty("configurations").EnumerateArray())
        {
            Assert.Contains(configuration.GetProperty("preLaunchTask").GetString(), labels);
            Assert.Equal("${workspaceFolder}/artifacts/bin/Ndt.Cli/Debug/net10.0/ndt.dll", configuration.GetProperty("program").GetString());
        }
    }

    [Fact]
    public void The_container_is_built_from_a_file_beside_its_description()
    {
        using var container = Read(".devcontainer/devcontainer.json");
        var file = container.RootElement.GetProperty("build").GetProperty("dockerfile").GetString()!;
        var lines = File.ReadAllLines(Path.Combine(RepositoryPaths.Root, ".devcontainer", file));
        Assert.Equal("FROM", lines.First(line => line.Length > 0 && line[0] != '#').Split(' ')[0]);
        Assert.Contains($"USER {container.RootElement.GetProperty("remoteUser").GetString()}", lines);
    }

    private static JsonDocument Read(string path) => JsonDocument.Parse(File.ReadAllText(Path.Combine(RepositoryPaths.Root, path)));

    private static IEnumerable<string> Texts(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.String => [element.GetString()!],
        JsonValueKind.Array => element.EnumerateArray().SelectMany(Texts),
        JsonValueKind.Object => element.EnumerateObject().SelectMany(property => Texts(property.Value)),
        _ => [],
    };
}
