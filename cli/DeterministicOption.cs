using System.CommandLine;

namespace Ndt.Cli;

/// <summary>The option <c>--deterministic</c> of the commands that train.</summary>
internal static class DeterministicOption
{
    public static Option<bool> Create() => new("--deterministic")
    {
        Arity = ArgumentArity.ExactlyOne,
        Description = "On cuda: gives the same bits each time; on by default. --deterministic false lets libtorch choose faster kernels.",
        DefaultValueFactory = _ => true,
    };
}
