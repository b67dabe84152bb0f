using System.CommandLine;
using System.CommandLine.Invocation;
using System.Reflection;

namespace Ndt.Cli;

/// <summary>The version as releases name it (<c>0.1.0</c>): without the commit, which records hold.</summary>
internal sealed class ShortVersion : SynchronousCommandLineAction
{
    /// <summary>The version's text.</summary>
    public static string Text { get; } = typeof(ShortVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    /// <inheritdoc/>
    public override bool ClearsParseErrors => true;

    /// <inheritdoc/>
    public override int Invoke(ParseResult parseResult)
    {
        Console.WriteLine(Text);
        return 0;
    }
}
