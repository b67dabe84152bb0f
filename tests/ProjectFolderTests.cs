namespace Ndt.Tests;

public sealed class ProjectFolderTests
{
    [Fact]
    public void The_root_is_found_from_any_folder_below_it()
    {
        using var folder = new TemporaryFolder();
        MakeRoot(folder.Root);
        var below = Directory.CreateDirectory(folder.PathOf("notebooks", "deep")).FullName;

        Assert.Equal(folder.Root, ProjectFolder.Find(below));
        Assert.Equal(folder.Root, ProjectFolder.Find(folder.Root));
    }

    [Fact]
    public void The_first_start_that_lies_in_a_checkout_wins()
    {
        using var first = new TemporaryFolder();
        using var second = new TemporaryFolder();
        MakeRoot(second.Root);

        Assert.Equal(second.Root, ProjectFolder.Find(first.Root, second.Root));
        MakeRoot(first.Root);
        Assert.Equal(first.Root, ProjectFolder.Find(first.Root, second.Root));
    }

    [Fact]
    public void A_project_file_without_data_is_no_root_and_none_at_all_is_refused()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.PathOf("Ndt.Lib.csproj"), "");

        var error = Assert.Throws<InputException>(() => ProjectFolder.Find(folder.Root));
        Assert.Contains(folder.Root, error.Message, StringComparison.Ordinal);
        Assert.Contains("Ndt.Lib.csproj and data/", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Inputs_are_the_checkouts_before_those_that_the_program_carries()
    {
        using var checkout = new TemporaryFolder();
        using var program = new TemporaryFolder();
        MakeRoot(checkout.Root);
        Assert.Throws<InputException>(() => ProjectFolder.InputsFor(program.Root, program.Root));

        Directory.CreateDirectory(program.PathOf("data"));
        Assert.Equal(program.PathOf("data"), ProjectFolder.InputsFor(program.Root, program.Root));
        Assert.Equal(checkout.PathOf("data"), ProjectFolder.InputsFor(checkout.Root, program.Root));
        Assert.Equal(checkout.PathOf("data"), ProjectFolder.InputsFor(program.Root, checkout.Root));
    }

    private static void MakeRoot(string path)
    {
        File.WriteAllText(Path.Combine(path, "Ndt.Lib.csproj"), "");
        Directory.CreateDirectory(Path.Combine(path, "data"));
    }
}
