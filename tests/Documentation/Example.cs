using Ndt.Cli.Notebooks.Execution;
using Ndt.Tests.Notebooks.Execution;

namespace Ndt.Tests.Documentation;

/// <summary>Runs a program of the documentation.</summary>
internal static class Example
{
    /// <summary>What the parts print, run one after the other. A cell has no <c>using</c> declarations; the rest is the example as it stands.</summary>
    public static async Task<string> RunAsync(params IEnumerable<string> parts)
    {
        using var session = new NotebookSession(RepositoryPaths.Root);
        var sink = new RecordingSink();
        var number = 0;
        foreach (var part in parts)
        {
            await session.RunAsync(part.Replace("using var ", "var ", StringComparison.Ordinal), ++number, sink, limit: null, TestContext.Current.CancellationToken);
            Assert.True(sink.Failure is null, $"part {number}: {sink.Failure?.Message}");
        }

        return string.Concat(sink.Messages.Where(message => message.StartsWith("stdout:", StringComparison.Ordinal)).Select(message => message["stdout:".Length..]));
    }
}
