namespace Ndt.Tests.Documentation;

/// <summary>The changes to the sources that docs/recipes.md asks for.</summary>
[Trait("Category", "Integration")]
public sealed class RecipeChangesTests
{
    [Fact]
    public void The_changes_to_the_sources_compile_and_put_everything_where_the_recipes_say()
    {
        var diffs = MarkdownBlocks.Read(RecipesTests.Page).Where(block => block.Language == "diff").Select(block => block.Code);
        var library = ChangedLibrary.Compile(diffs, [RecipesTests.Blocks("Add a detector")[0]]);

        // The grid's reader asks both catalogues.
        using var folder = new TemporaryFolder();
        var grid = folder.Write("my_grid.json", Assert.Single(MarkdownBlocks.Under(RecipesTests.Page, "Run a grid", "json")));
        var cells = (System.Collections.IEnumerable)Get(Call("Runs.ExperimentGrid", "Read", grid), "Cells");
        Assert.Equal(["mlp_two mnist", "cnn_shallow letters"], cells.Cast<object>().Select(cell => $"{Get(cell, "Architecture")} {Get(cell, "Dataset")}"));

        Assert.Contains("entropy_rank", (IEnumerable<string>)Type("Measurement.MetricNames").GetProperty("All")!.GetValue(null)!);
        var spectrum = Activator.CreateInstance(Type("Measurement.Spectrum"), new double[] { 2, 2, 2 })!;
        Assert.Equal(3, (double)Get(Call("Measurement.Dimensionality", "Of", spectrum), "EntropyRank"), 1e-12);

        var old = Call("Records.RecordFile", "Read", Path.Combine(RepositoryPaths.Root, "data", "records", "study", "mlp_narrow_mnist_s0.parquet"));
        Assert.NotEmpty((System.Collections.IEnumerable)Get(old, "Layers"));

        var detectors = (System.Collections.IEnumerable)Type("Analysis.ChangePoints.ChangeDetectors").GetProperty("All")!.GetValue(null)!;
        Assert.Contains("median step", detectors.Cast<object>().Select(detector => (string)Get(detector, "Name")));

        Type Type(string name) => library.GetType($"Ndt.{name}", throwOnError: true)!;
        object Call(string type, string method, object argument) => Type(type).GetMethod(method, [argument.GetType()])!.Invoke(null, [argument])!;
        static object Get(object of, string property) => of.GetType().GetProperty(property)!.GetValue(of)!;
    }
}
