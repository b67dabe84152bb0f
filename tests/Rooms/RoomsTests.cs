using System.Reflection;
using System.Text.RegularExpressions;

namespace Ndt.Tests.Rooms;

/// <summary>The rooms of <c>lib/</c> follow the way of the data, and none knows a later one (docs/architecture.md).</summary>
public sealed partial class RoomsTests
{
    /// <summary>In the order of the data. What lies in <c>lib/</c> itself serves all rooms and knows none.</summary>
    private static readonly string[] Order =
    [
        "", "Torch", "Data", "Models", "Training", "Measurement", "Checkpoints", "Records", "Runs", "Arrays", "Statistics", "Analysis", "Similarity", "PhaseTwo", "Claims", "Charts",
    ];

    private static readonly string[] FacingTorch = ["Torch", "Models", "Training", "Measurement", "Checkpoints", "Runs", "PhaseTwo"];

    private static readonly string[] NotForTheLibrary =
    [
        "System.Console", "System.CommandLine", "Spectre.Console", "Microsoft.CodeAnalysis", "Microsoft.DotNet.Interactive", "NetMQ", "Markdig", "ndt",
    ];

    private static readonly Assembly Library = typeof(InputException).Assembly;

    [Fact]
    public void No_room_refers_to_a_later_one()
    {
        var mentions = Mentions().Where(mention => mention.Mentioned.Assembly == Library && RoomOf(mention.Mentioned) is not null).ToArray();
        Assert.NotEmpty(mentions);
        Assert.Empty(mentions
            .Where(mention => Array.IndexOf(Order, RoomOf(mention.Mentioned)) > Array.IndexOf(Order, RoomOf(mention.Type)))
            .Select(mention => $"{mention.Type} mentions {mention.Mentioned}"));
    }

    [Fact]
    public void Only_rooms_that_face_torch_mention_TorchSharp()
    {
        var rooms = Mentions().Where(mention => mention.Mentioned.Assembly.GetName().Name == "TorchSharp").Select(mention => RoomOf(mention.Type)!);
        Assert.Equal(FacingTorch, rooms.Distinct().OrderBy(room => Array.IndexOf(Order, room)));
    }

    [Fact]
    public void The_library_knows_no_console_no_notebook_and_no_compiler()
    {
        string[] references = [.. Library.GetReferencedAssemblies().Select(name => name.Name!)];
        Assert.Contains("TorchSharp", references);
        Assert.DoesNotContain(references, name => NotForTheLibrary.Any(other => name == other || name.StartsWith(other + ".", StringComparison.Ordinal)));
    }

    [Fact]
    public void Every_folder_of_the_library_has_its_place_in_the_order_and_in_the_picture()
    {
        var folders = Directory.EnumerateDirectories(Path.Combine(RepositoryPaths.Root, "lib")).Select(Path.GetFileName);
        Assert.Equal(Order.Skip(1).Order(StringComparer.Ordinal), folders.Order(StringComparer.Ordinal));
        var picture = File.ReadAllText(Path.Combine(RepositoryPaths.Root, "docs", "architecture.svg"));
        Assert.All(Order.Skip(1), room => Assert.Contains($">{room}<", picture, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("lib", "Ndt")]
    [InlineData("cli", "Ndt.Cli")]
    [InlineData("tests", "Ndt.Tests")]
    public void Namespaces_are_the_folders(string folder, string root)
    {
        var start = Path.Combine(RepositoryPaths.Root, folder);
        var files = Directory.GetFiles(start, "*.cs", SearchOption.AllDirectories);
        Assert.NotEmpty(files);
        Assert.All(files, file =>
        {
            var below = Path.GetRelativePath(start, Path.GetDirectoryName(file)!).Replace(Path.DirectorySeparatorChar, '.');
            var declared = Namespace().Match(File.ReadAllText(file));
            Assert.True(!declared.Success || declared.Groups[1].Value == (below == "." ? root : $"{root}.{below}"), $"{file}: {declared.Value}");
        });
    }

    private static IEnumerable<(Type Type, Type Mentioned)> Mentions() =>
        Library.GetTypes().Where(type => RoomOf(type) is not null).SelectMany(type => MentionedTypes.Of(type).Select(mentioned => (type, mentioned)));

    /// <summary>The room of a type of the library; null for what the compiler generates outside of the rooms.</summary>
    private static string? RoomOf(Type type) => type.Namespace?.Split('.') is ["Ndt", .. var below] ? below.FirstOrDefault("") : null;

    [GeneratedRegex(@"^namespace ([\w.]+);", RegexOptions.Multiline)]
    private static partial Regex Namespace();
}
