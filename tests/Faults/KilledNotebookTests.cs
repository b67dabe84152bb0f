namespace Ndt.Tests.Faults;

[Collection(InjuredFiles.Name)]
[Trait("Category", "Faults")]
[Trait("Category", "Integration")]
public sealed class KilledNotebookTests(FaultLedger ledger)
{
    private static readonly Dictionary<string, string> Nothing = [];

    [Fact]
    public void A_notebook_whose_run_in_place_is_killed_is_the_old_one_or_the_new_one()
    {
        const string Kind = "kill -9 of notebooks run, in place";
        using var folder = new TemporaryFolder();
        var path = MadeNotebook.Write(folder.PathOf("n.ipynb"), "var x = 20;", "x + 1", "string.Concat(Enumerable.Repeat(\"figure \", 20000))");
        var old = File.ReadAllBytes(path);
        var life = Killing.LifeOf(Nothing, "notebooks", "run", path);
        var whole = File.ReadAllBytes(path);
        var killing = new Killing(life, stream: 7);
        for (var round = 0; round < 3; round++)
        {
            // First from the notebook without outputs; what the first start left is then what the second is killed on.
            File.WriteAllBytes(path, old);
            for (var kill = 0; kill < 3; kill++)
            {
                var killed = kill < 2
                    ? killing.AtRandom(() => NdtProcess.Start("notebooks", "run", path))
                    : Killing.WhileWriting(() => NdtProcess.Start("notebooks", "run", path), folder.Root);
                var left = File.ReadAllBytes(path);
                Assert.True(left.AsSpan().SequenceEqual(old) || left.AsSpan().SequenceEqual(whole), "the notebook is neither the old one nor the new one");
                ledger.Add(Kind, killed ? 1 : 0, files: 1);
            }

            Assert.Equal(0, NdtProcess.Run("notebooks", "run", path).Code);
            Assert.Equal(whole, File.ReadAllBytes(path));
            FolderState.RequireTidy(folder.Root);
            ledger.Add(Kind, files: 1, restarts: 1);
        }

        ledger.Write(Kind);
    }
}
