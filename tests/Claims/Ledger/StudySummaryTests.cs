using Ndt.Claims.Ledger;
using Ndt.Claims.Later;

namespace Ndt.Tests.Claims.Ledger;

public sealed class StudySummaryTests
{
    private static readonly string Data = Path.Combine(RepositoryPaths.Root, "data");

    [Theory]
    [InlineData(StudySummary.PhaseTwoFile, "a,1\na,2\n", "line 3: 'a' stands there twice")]
    [InlineData(StudySummary.PhaseTwoFile, "a,one\u001b\n", "line 2: 'one?' is no number")]
    [InlineData(StudySummary.TalliesFile, "\u0085,a,b", "line 2: unknown metric '?'")]
    public void A_row_that_is_not_right_is_refused_by_file_and_line(string file, string rows, string message)
    {
        using var folder = Copy();
        var header = File.ReadLines(Path.Combine(Data, file)).First();
        var missing = header.Count(c => c == ',') - rows.Split('\n')[0].Count(c => c == ',');
        var path = folder.Write(file, $"{header}\n{rows}{new string(',', missing)}");
        Assert.StartsWith($"{path}: {message}", Message(folder), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("value,claim\n1,a\n", "line 1: column 'value'; expected claim")]
    [InlineData("", "is empty")]
    public void Another_header_is_refused(string text, string message)
    {
        using var folder = Copy();
        var path = folder.Write(StudySummary.PhaseTwoFile, text);
        Assert.StartsWith($"{path}: {message}", Message(folder), StringComparison.Ordinal);
    }

    private static TemporaryFolder Copy()
    {
        var folder = new TemporaryFolder();
        File.Copy(Path.Combine(Data, StudySummary.TalliesFile), folder.PathOf(StudySummary.TalliesFile));
        File.Copy(Path.Combine(Data, StudySummary.PhaseTwoFile), folder.PathOf(StudySummary.PhaseTwoFile));
        File.Copy(Path.Combine(Data, TransitionFile.Name), folder.PathOf(TransitionFile.Name));
        return folder;
    }

    private static string Message(TemporaryFolder folder) => Assert.Throws<InputException>(() => StudySummary.Read(folder.Root)).Message;
}
