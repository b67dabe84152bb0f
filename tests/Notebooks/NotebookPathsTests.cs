using Ndt.Cli.Notebooks;

namespace Ndt.Tests.Notebooks;

public sealed class NotebookPathsTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_folder_stands_for_the_notebooks_in_it_and_below_in_order_without_checkpoints()
    {
        foreach (var name in (string[])["b.ipynb", "a.ipynb", "below/c.ipynb", ".ipynb_checkpoints/a-checkpoint.ipynb", "below/.hidden/d.ipynb", ".e.ipynb", "a.py", "a.ipynb.txt"])
        {
            folder.Write(name, "{}");
        }

        Directory.CreateSymbolicLink(folder.PathOf("below/again"), folder.Root);
        Assert.Equal(["a.ipynb", "b.ipynb", "below/c.ipynb"], NotebookPaths.Expand([folder.Root]).Select(Relative));
        Assert.Equal(["b.ipynb", "a.ipynb", "below/c.ipynb"], NotebookPaths.Expand([folder.PathOf("b.ipynb"), folder.Root, folder.PathOf("a.ipynb")]).Select(Relative));
        Assert.Equal(["nowhere.ipynb"], NotebookPaths.Expand(["nowhere.ipynb"]));
    }

    [Fact]
    public void A_folder_without_a_notebook_is_refused() =>
        Assert.Equal($"{folder.Root}: no notebook (.ipynb) is in this folder or below", Assert.Throws<InputException>(() => NotebookPaths.Expand([folder.Root])).Message);

    private string Relative(string path) => Path.GetRelativePath(folder.Root, path).Replace('\\', '/');
}
