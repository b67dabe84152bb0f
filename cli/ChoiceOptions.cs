using System.CommandLine;

namespace Ndt.Cli;

/// <summary>Options whose value is one of a few words.</summary>
internal static class ChoiceOptions
{
    /// <summary>As <c>AcceptOnlyFromAmong</c>, but what is wrong is said in one line.</summary>
    public static void AcceptOnly(this Option<string> option, params IReadOnlyList<string> values)
    {
        option.CompletionSources.Add([.. values]);
        option.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && !values.Contains(token.Value))
            {
                result.AddError($"{option.Name} is '{token.Value}'; one of {string.Join(", ", values)} is expected{Nearest.Proposal(token.Value, values)}");
            }
        });
    }
}
