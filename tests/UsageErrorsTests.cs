using Ndt.Cli;

namespace Ndt.Tests;

public sealed class UsageErrorsTests
{
    [Theory]
    [InlineData("there is no command 'trian'; did you mean train?", "trian")]
    [InlineData("there is no command 'nothing'; one of reproduce, notebooks, ", "nothing")]
    [InlineData("there is no command 'nothing'; ", "nothing", "--help")]
    [InlineData("there is no command 'nothing'; ", "--help", "nothing")]
    [InlineData("records has no command 'comapre'; did you mean compare?", "records", "comapre", "--help")]
    [InlineData("records has no command 'exprot'; did you mean export?", "records", "exprot", "a", "--out", "b")]
    [InlineData("a command is missing: reproduce, notebooks, ")]
    [InlineData("a command is missing: import, export, compare, summarize, collect, join; ndt records --help", "records")]
    public void A_command_that_does_not_exist_or_is_missing_is_told(string expected, params string[] arguments) => AssertFault(expected, arguments);

    [Theory]
    [InlineData("train has no option --step; did you mean --steps?", "train", "--step", "3", "mlp_narrow", "mnist")]
    [InlineData("train has no option --step; did you mean --steps?", "train", "mlp_narrow", "mnist", "--step=3")]
    [InlineData("train has no option --step; did you mean --steps?", "train", "--seed", "--step", "3")]
    [InlineData("train has no option --step; did you mean --steps?", "train", "mlp_narrow", "--step", "--help")]
    [InlineData("train has no option --checkpoint; did you mean --checkpoint-steps or --checkpoint-weights-only?", "train", "--checkpoint", "0")]
    [InlineData("analyze has no option --nothing; ndt analyze --help lists them", "analyze", "--nothing")]
    [InlineData("analyze has no option -x; ", "analyze", "-x")]
    [InlineData("notebooks run has no option --paramter; did you mean --parameter?", "notebooks", "run", "a.ipynb", "--paramter", "a=1")]
    [InlineData("records compare has no option --tolerence; did you mean --tolerance?", "records", "compare", "a", "--tolerence", "0.1")]
    [InlineData("there is no option --verison; did you mean --version?", "--verison")]
    [InlineData("there is no option --nothing; ndt --help lists them", "--nothing", "--version")]
    public void An_option_that_does_not_exist_is_told_and_never_taken_for_an_argument(string expected, params string[] arguments) => AssertFault(expected, arguments);

    [Theory]
    [InlineData("--seed is 'x'; a whole number, at most 2147483647, is expected", "train", "a", "b", "--seed", "x")]
    [InlineData("--seed is '99999999999'; a whole number, ", "train", "a", "b", "--seed", "99999999999")]
    [InlineData("--steps is '1.5'; a whole number, ", "sweep", "--steps", "1.5")]
    [InlineData("--shards is 'two'; a whole number, ", "records", "collect", "--out", "a", "--shards", "two")]
    [InlineData("--cell-timeout is 'soon'; a number such as 0.5 is expected", "notebooks", "run", "a.ipynb", "--cell-timeout", "soon")]
    [InlineData("--tolerance is 'little'; a number such as 0.5 is expected", "records", "compare", "a", "b", "--tolerance", "little")]
    [InlineData("--grid is empty; a value is expected", "sweep", "--grid", "")]
    [InlineData("--out is empty; a value is expected", "train", "a", "b", "--out", "")]
    [InlineData("--out is empty; a value is expected", "analyze", "a", "--out", "")]
    [InlineData("RECORDS is empty; a value is expected", "analyze", "")]
    [InlineData("--seed has no value; a whole number, ", "train", "a", "b", "--seed")]
    [InlineData("--seed is given 2 times (1, 2); once is expected", "train", "a", "b", "--seed", "1", "--seed", "2")]
    [InlineData("--view is 'all_tokens'; one of study, token_mean, flatten is expected", "measure", "a", "--view", "all_tokens")]
    [InlineData("--view is 'studdy'; one of study, token_mean, flatten is expected; did you mean study?", "similarity", "a", "b", "--view", "studdy")]
    [InlineData("--format is 'xml'; one of csv, json is expected", "records", "export", "a", "--out", "b", "--format", "xml")]
    [InlineData("--deterministic is 'maybe'; true or false is expected", "train", "--deterministic", "maybe", "a", "b")]
    [InlineData("--deterministic is 'maybe'; true or false is expected", "sweep", "--deterministic", "maybe")]
    [InlineData("--deterministic is 'maybe'; true or false is expected", "sweep", "--deterministic=maybe")]
    [InlineData("--deterministic has no value; true or false is expected", "sweep", "--deterministic", "--dry-run")]
    [InlineData("--out has no value; a value is expected", "sweep", "--out")]
    [InlineData("'maybe' is one argument too many; ndt devices is expected", "devices", "--json", "maybe")]
    public void A_wrong_value_is_told_with_its_option_and_what_would_be_right(string expected, params string[] arguments) => AssertFault(expected, arguments);

    [Theory]
    [InlineData("RECORDS is missing; ndt analyze RECORDS… is expected", "analyze")]
    [InlineData("PATH is missing; ndt notebooks run PATH… is expected", "notebooks", "run")]
    [InlineData("SECOND is missing; ndt records compare FIRST SECOND is expected", "records", "compare", "a")]
    [InlineData("OUT is missing; ndt checkpoints convert IN OUT is expected", "checkpoints", "convert", "a.pt")]
    [InlineData("--out is missing; ndt records import PATH… --out DIR is expected", "records", "import", "a")]
    [InlineData("'c' is one argument too many; ndt records compare FIRST SECOND is expected", "records", "compare", "a", "b", "c")]
    public void A_missing_argument_is_named_and_so_is_one_too_many(string expected, params string[] arguments) => AssertFault(expected, arguments);

    [Theory]
    [InlineData("train", "mlp_narrow", "mnist", "--deterministic", "false", "--seed", "-1")]
    [InlineData("records", "compare", "a", "b", "--tolerance", "-1")]
    [InlineData("checkpoints", "inspect", "--", "--steps")]
    [InlineData("train", "--help")]
    [InlineData("--help")]
    [InlineData("--version")]
    [InlineData("notebooks", "run", "--help")]
    [InlineData("notebooks", "run", "a.ipynb", "-p", "a=--b")]
    [InlineData("kernel", "start", "connection.json", "--IPKernelApp.parent=1", "one.ipynb")]
    [InlineData("[suggest:6]", "ndt tr")]
    public void What_is_right_is_let_through(params string[] arguments) => Assert.Null(UsageErrors.Find(NdtCommand.Create().Parse(arguments), arguments));

    [Fact]
    public async Task A_wrong_line_ends_with_code_2() => Assert.Equal(2, await NdtCommand.RunAsync(["nothing", "--help"]));

    private static void AssertFault(string expected, string[] arguments)
    {
        var fault = UsageErrors.Find(NdtCommand.Create().Parse(arguments), arguments);
        Assert.NotNull(fault);
        Assert.StartsWith(expected, fault, StringComparison.Ordinal);
        Assert.DoesNotMatch(@"[\t\r\n]|System\.|Nullable", fault);
    }
}
