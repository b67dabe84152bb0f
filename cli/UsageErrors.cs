using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Ndt.Cli;

/// <summary>What is wrong with a command line, in one line that names the command, option or argument, the value found and what would be right.</summary>
/// <remarks>System.CommandLine tells where a line is wrong, but in several lines and with the names of .NET types; and it takes a mistyped option for an argument.</remarks>
internal static partial class UsageErrors
{
    // For each type of option: what is expected, and whether a text is that.
    private static readonly Dictionary<Type, (string Expected, Func<string, bool> Fits)> Kinds = new()
    {
        [typeof(int)] = ($"a whole number, at most {int.MaxValue},", text => int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out _)),
        [typeof(double)] = ("a number such as 0.5", text => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out _)),
        [typeof(bool)] = ("true or false", text => bool.TryParse(text, out _)),
    };

    /// <summary>The first fault of a command line; null where there is none.</summary>
    /// <param name="parsed">The line as it was parsed.</param>
    /// <param name="arguments">The words of the line.</param>
    public static string? Find(ParseResult parsed, IReadOnlyList<string> arguments)
    {
        if (parsed.Tokens.Any(token => token.Type == TokenType.Directive))
        {
            return null; // a shell asks how an unfinished line may go on
        }

        var command = parsed.CommandResult.Command;
        var results = Results(parsed);
        if (command.TreatUnmatchedTokensAsErrors && (UnknownCommand(parsed, command) ?? UnknownOption(parsed, command, arguments)) is { } unknown)
        {
            return unknown;
        }

        return parsed.Action?.ClearsParseErrors == true // help, version
            ? null
            : results.Select(result => WrongValue(result, parsed.Tokens)).FirstOrDefault(fault => fault is not null)
                ?? TooMany(parsed, command)
                ?? Missing(parsed, command)
                ?? parsed.Errors.Select(error => error.Message.ReplaceLineEndings(" ")).FirstOrDefault();
    }

    private static List<SymbolResult> Results(ParseResult parsed)
    {
        var results = new List<SymbolResult>();
        for (var command = parsed.CommandResult; command is not null; command = command.Parent as CommandResult)
        {
            results.AddRange(command.Children.Where(child => child is ArgumentResult or OptionResult { Implicit: false }));
        }

        return results;
    }

    private static string? UnknownCommand(ParseResult parsed, Command command)
    {
        if (command.Subcommands.Count == 0 || parsed.UnmatchedTokens.FirstOrDefault(word => !LooksLikeOption().IsMatch(word)) is not { } word)
        {
            return null;
        }

        var names = command.Subcommands.Where(sub => !sub.Hidden).Select(sub => sub.Name).ToArray();
        return $"{(command is RootCommand ? "there is" : $"{PathOf(parsed)} has")} no command '{word}'{(Nearest.Proposal(word, names) is { Length: > 0 } proposal ? proposal : $"; one of {string.Join(", ", names)} is expected")}";
    }

    // A word that begins as an option does and stands on the line as it is: "-1" is a number, and what stands after "--" is meant as a value.
    private static string? UnknownOption(ParseResult parsed, Command command, IReadOnlyList<string> arguments)
    {
        var words = arguments.TakeWhile(word => word != "--").Where(word => LooksLikeOption().IsMatch(word)).ToHashSet();
        var token = parsed.Tokens.FirstOrDefault(token => token.Type == TokenType.Argument && words.Contains(token.Value));
        if (token is null)
        {
            return null;
        }

        var word = token.Value.Split('=', ':')[0];
        var options = command.Options.AsEnumerable();
        for (var above = parsed.CommandResult.Parent as CommandResult; above is not null; above = above.Parent as CommandResult)
        {
            options = options.Concat(above.Command.Options.Where(option => option.Recursive));
        }

        var proposal = Nearest.Proposal(word, [.. options.Where(option => !option.Hidden).SelectMany(option => option.Aliases.Prepend(option.Name)).Distinct()]);
        return $"{(command is RootCommand ? "there is" : $"{PathOf(parsed)} has")} no option {word}{(proposal.Length > 0 ? proposal : $"; {FullPathOf(parsed)} --help lists them")}";
    }

    private static string? WrongValue(SymbolResult result, IReadOnlyList<Token> line)
    {
        var (name, type, tokens, most) = result switch
        {
            OptionResult option => (option.Option.Name, option.Option.ValueType, option.Tokens, option.Option.Arity.MaximumNumberOfValues),
            ArgumentResult argument => (argument.Argument.Name, argument.Argument.ValueType, argument.Tokens, argument.Argument.Arity.MaximumNumberOfValues),
            _ => throw new ArgumentException("neither an option nor an argument", nameof(result)),
        };
        var kind = Kinds.GetValueOrDefault(Nullable.GetUnderlyingType(type) ?? type, (Expected: "a value", Fits: _ => true));
        if (result is OptionResult { Option.Arity.MinimumNumberOfValues: > 0 } && tokens.Count == 0)
        {
            // A switch does not take what is no truth value: the parser leaves that to the arguments.
            var following = line.SkipWhile(token => token.Type != TokenType.Option || token.Value != name).Skip(1).Take(1).FirstOrDefault(token => token.Type == TokenType.Argument);
            return $"{name} {(following is null ? "has no value" : $"is '{following.Value}'")}; {kind.Expected} is expected";
        }

        if (tokens.Any(token => token.Value.Length == 0))
        {
            return $"{name} is empty; a value is expected";
        }

        if (result is OptionResult && most > 0 && tokens.Count > most)
        {
            return $"{name} is given {tokens.Count} times ({string.Join(", ", tokens.Select(token => token.Value))}); once is expected";
        }

        return tokens.FirstOrDefault(token => !kind.Fits(token.Value)) is { } wrong
            ? $"{name} is '{wrong.Value}'; {kind.Expected} is expected"
            : null;
    }

    private static string? TooMany(ParseResult parsed, Command command) =>
        command.TreatUnmatchedTokensAsErrors && parsed.UnmatchedTokens.Count > 0
            ? $"'{parsed.UnmatchedTokens[0]}' is one argument too many; {Usage(parsed, command)} is expected"
            : null;

    private static string? Missing(ParseResult parsed, Command command)
    {
        if (command.Action is null && command.Subcommands.Count > 0)
        {
            return $"a command is missing: {string.Join(", ", command.Subcommands.Where(sub => !sub.Hidden).Select(sub => sub.Name))}; {FullPathOf(parsed)} --help says what they do";
        }

        return command.Arguments.FirstOrDefault(argument => (parsed.GetResult(argument)?.Tokens.Count ?? 0) < argument.Arity.MinimumNumberOfValues) is { } lacking
            ? $"{lacking.Name} is missing; {Usage(parsed, command)} is expected"
            : command.Options.FirstOrDefault(option => option.Required && parsed.GetResult(option) is null or { Implicit: true }) is { } option
                ? $"{option.Name} is missing; {Usage(parsed, command)} is expected"
                : null;
    }

    private static string Usage(ParseResult parsed, Command command) => string.Join(' ', command.Arguments.Where(argument => !argument.Hidden).Select(argument => argument.Arity.MaximumNumberOfValues > 1 ? $"{argument.Name}…" : argument.Name)
        .Concat(command.Options.Where(option => option.Required).Select(option => $"{option.Name} {option.HelpName ?? option.Name.TrimStart('-').ToUpperInvariant()}"))
        .Prepend(FullPathOf(parsed)));

    // The command's name below the root: "records compare".
    private static string PathOf(ParseResult parsed)
    {
        var names = new Stack<string>();
        for (var result = parsed.CommandResult; result.Parent is CommandResult above; result = above)
        {
            names.Push(result.Command.Name);
        }

        return string.Join(' ', names);
    }

    // Without the process's own name, which under dotnet run is another.
    private static string FullPathOf(ParseResult parsed) => $"ndt {PathOf(parsed)}".TrimEnd();

    [GeneratedRegex("^(--[A-Za-z]|-[A-Za-z])")]
    private static partial Regex LooksLikeOption();
}
