namespace Ndt.Tests;

public sealed class NearestTests
{
    // Distances as of "optimal string alignment" in the literature: the pair ca, abc tells it from Damerau's own, which is 2.
    [Theory]
    [InlineData("", "", 0)]
    [InlineData("", "abc", 3)]
    [InlineData("kitten", "sitting", 3)]
    [InlineData("trian", "train", 1)]
    [InlineData("ca", "abc", 3)]
    public void Slips_are_letters_lost_added_changed_or_exchanged(string a, string b, int slips) => Assert.Equal((slips, slips), (Nearest.Slips(a, b), Nearest.Slips(b, a)));

    [Fact]
    public void Only_what_is_near_is_proposed_and_all_that_is_as_near()
    {
        string[] names = ["train", "trail", "sweep"];
        Assert.Equal(["train", "trail"], Nearest.Of("traip", names));
        Assert.Equal(["sweep"], Nearest.Of("SWEPE", names));
        Assert.Equal(["sweep"], Nearest.Of("swe", names));
        Assert.Empty(Nearest.Of("plot", names));
        Assert.Empty(Nearest.Of("", names));
        Assert.Empty(Nearest.Of("train", []));
    }
}
