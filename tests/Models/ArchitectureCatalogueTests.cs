using Ndt.Models;

namespace Ndt.Tests.Models;

public sealed class ArchitectureCatalogueTests
{
    [Fact]
    public void A_name_of_hidden_sizes_is_an_MLP_of_them()
    {
        var spec = Assert.IsType<MlpSpec>(ArchitectureCatalogue.Find("mlp_256_128"));
        Assert.Equal([256, 128], spec.Hidden);
        Assert.Equal(("mlp_256_128", "mlp"), (spec.Name, spec.Family));
    }

    [Theory]
    [InlineData("mlp_deep_10", 10)]
    [InlineData("mlp_shallow_2", 2)]
    public void The_studys_names_keep_their_meaning(string name, int layers) => Assert.Equal(layers, Assert.IsType<MlpSpec>(ArchitectureCatalogue.Find(name)).Hidden.Count);

    [Theory]
    [InlineData("mlp")]
    [InlineData("mlp_0")]
    [InlineData("mlp_08")]
    [InlineData("mlp_256_")]
    [InlineData("mlp_999999")]
    [InlineData("cnn_32")]
    public void What_is_neither_is_refused_with_what_would_be_right(string name)
    {
        var message = Assert.Throws<InputException>(() => ArchitectureCatalogue.Find(name)).Message;
        Assert.Contains($"unknown architecture '{name}'", message, StringComparison.Ordinal);
        Assert.Contains("mlp_256_128", message, StringComparison.Ordinal);
    }
}
