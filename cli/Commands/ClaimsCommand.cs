using System.CommandLine;
using Ndt.Analysis.Nulls;
using Ndt.Claims;
using Ndt.Claims.Ledger;
using Ndt.Claims.Later;
using Ndt.Records;

namespace Ndt.Cli.Commands;

/// <summary><c>ndt claims summarize</c>: keeps of the study's files the sums that the claims ledger needs.</summary>
internal static class ClaimsCommand
{
    private static readonly string[] Files = [StudySummary.TalliesFile, StudySummary.PhaseTwoFile, TransitionFile.Name, NullFamilyTable.FileName];

    internal static Command Create()
    {
        var archive = new Argument<string>("ARCHIVE") { Description = "The study's files: a folder with records/, checkpoints/ and checkpoint_runs/." };
        var output = new Option<string?>("--out") { Description = $"Folder for {string.Join(", ", Files)}; by default data/.", HelpName = "DIR" };
        var summarize = new Command("summarize", "Recomputes the sums that data/ holds of the study's files.") { archive, output };
        summarize.SetAction(parsed => Summarize(parsed.GetRequiredValue(archive), OutputFolder.OrData(parsed.GetValue(output), "")));
        return new Command("claims", "The study's published numbers and what they are checked against.") { summarize };
    }

    private static string OwnRecords => Path.Combine(ProjectFolder.Data, "records", "study");

    private static void Summarize(string archive, string folder)
    {
        if (!StudySummary.IsArchive(archive))
        {
            throw new InputException($"{archive}: holds no folder records; the study's files are needed (ndt fetch archive)");
        }

        OutputFolder.Prepare(folder);
        var summary = StudySummary.Compute(archive, ClaimList.Load());
        summary.Write(folder);
        var records = RecordFile.Find([Path.Combine(archive, "records")]).Select(RecordFile.Read).ToArray();
        NullFamilyTable.Write(NullFamilyTable.Compute(records, cell => Directory.EnumerateFiles(OwnRecords, $"{cell}_s*.parquet").Any()), folder);
        Console.WriteLine(string.Join('\n', Files.Select(file => Path.Combine(folder, file))));
    }
}
