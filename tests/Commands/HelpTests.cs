using System.CommandLine;
using System.CommandLine.Help;
using Ndt.Cli;

namespace Ndt.Tests.Commands;

public sealed class HelpTests
{
    public static TheoryData<string> Names => [.. Commands(NdtCommand.Create(), "ndt").Select(c => c.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_command_and_all_it_takes_are_described_in_sentences(string name)
    {
        var command = Commands(NdtCommand.Create(), "ndt").Single(c => c.Name == name).Command;
        Assert.Matches(@"^[A-Z].*\.$", command.Description);
        Assert.All(
            command.Arguments.Concat<Symbol>(command.Options).Where(s => !s.Hidden && s is not (HelpOption or VersionOption)),
            symbol => Assert.True(symbol.Description?.EndsWith('.') == true, $"{symbol.Name}: {symbol.Description}"));
    }

    [Fact]
    [Trait("Category", "Integration")]
    public void The_version_is_that_of_the_release_without_a_commit()
    {
        var (code, output, error) = NdtProcess.Run("--version");
        Assert.Equal((0, ""), (code, error));
        Assert.Matches(@"^\d+\.\d+\.\d+(-[0-9a-z.]+)?\n$", output);
    }

    [Fact]
    [Trait("Category", "Integration")]
    public void A_shell_that_asks_how_a_line_may_go_on_is_answered()
    {
        var (code, output, error) = NdtProcess.Run("[suggest:17]", "ndt measure --lay");
        Assert.Equal((0, ""), (code, error));
        Assert.Contains("--layer", output, StringComparison.Ordinal);
        Assert.Contains("mlp_narrow\n", NdtProcess.Run("[suggest:13]", "ndt train mlp").Output, StringComparison.Ordinal);
    }

    private static IEnumerable<(string Name, Command Command)> Commands(Command command, string name) =>
        command.Subcommands.Where(c => !c.Hidden).SelectMany(c => Commands(c, $"{name} {c.Name}")).Prepend((name, command));
}
