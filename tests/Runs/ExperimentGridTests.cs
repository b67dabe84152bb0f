using Ndt.Runs;


namespace Ndt.Tests.Runs;

public sealed class ExperimentGridTests
{
    [Theory]
    [InlineData("{\"protocol\": \"\\ud800\", \"cells\": [{\"architecture\": \"mlp_narrow\", \"dataset\": \"mnist\"}]}")]
    [InlineData("{\"protocol\": \"study\", \"cells\": [{\"architecture\": \"\\udc00\", \"dataset\": \"mnist\"}]}")]
    public void Half_a_character_is_refused(string grid)
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("grid.json", grid);
        Assert.StartsWith($"{path}: not a readable grid", Assert.Throws<InputException>(() => ExperimentGrid.Read(path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_in_the_place_of_the_file_is_refused()
    {
        using var folder = new TemporaryFolder();
        Assert.StartsWith($"{folder.Root}: is a folder", Assert.Throws<InputException>(() => ExperimentGrid.Read(folder.Root)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_committed_grid_is_the_studys_55_cells()
    {
        var grid = ExperimentGrid.Read(Path.Combine(ProjectFolder.Data, "grid.json"));
        Assert.Equal("study", grid.Protocol);
        Assert.Equal(
            [("ag_news", 11), ("fashion_mnist", 15), ("mnist", 15), ("qmnist", 14)],
            grid.Cells.GroupBy(cell => cell.Dataset).OrderBy(group => group.Key).Select(group => (group.Key, group.Count())));
        var archive = RepositoryPaths.ArchiveRecordsOrSkip();
        Assert.Equal(
            Directory.EnumerateFiles(archive, "*.json").Select(path => Path.GetFileNameWithoutExtension(path)).Order(),
            grid.Cells.Select(cell => $"{cell.Architecture}_{cell.Dataset}").Order());
    }

    [Theory]
    [InlineData("{", "not a readable grid")]
    [InlineData("""{ "protocol": "study" }""", "'cells'")]
    [InlineData("""{ "protocol": "study", "cells": [] }""", "field cells is empty")]
    [InlineData("""{ "protocol": "study", "cells": null }""", "cells")]
    [InlineData("""{ "protocol": "study", "cells": [null] }""", "$.cells[0]")]
    [InlineData("""{ "protocol": "study", "seed": [1], "cells": [ { "architecture": "mlp_narrow", "dataset": "mnist" } ] }""", "'seed'")]
    [InlineData("""{ "protocol": "study", "cells": [ { "architecture": "mlp_narrow", "dataset": "mnist", "width": 3 } ] }""", "'width'")]
    [InlineData("""{ "protocol": "study", "cells": [ { "architecture": "mlp_narrow" } ] }""", "'dataset'")]
    [InlineData("""{ "protocol": "study", "cells": [ { "architecture": "mlp", "dataset": "mnist" } ] }""", "unknown architecture 'mlp'")]
    [InlineData("""{ "protocol": "study", "cells": [ { "architecture": "mlp_narrow", "dataset": "cifar" } ] }""", "cifar")]
    [InlineData("""{ "protocol": "own", "cells": [ { "architecture": "mlp_narrow", "dataset": "mnist" } ] }""", "unknown protocol 'own'")]
    [InlineData("""{ "protocol": "study", "cells": [ { "architecture": "mlp_narrow", "dataset": "mnist" }, { "architecture": "mlp_narrow", "dataset": "mnist" } ] }""", "field cells holds mlp_narrow on mnist twice")]
    public void A_bad_grid_is_refused_with_file_and_field(string text, string expected)
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("grid.json", text);
        var error = Assert.Throws<InputException>(() => ExperimentGrid.Read(path)).Message;
        Assert.StartsWith(path, error, StringComparison.Ordinal);
        Assert.Contains(expected, error, StringComparison.Ordinal);
    }
}
