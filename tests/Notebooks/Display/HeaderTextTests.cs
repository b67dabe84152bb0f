
namespace Ndt.Tests.Notebooks.Display;

public sealed class HeaderTextTests
{
    [Theory]
    [InlineData("Family", "Family")]
    [InlineData("FromStart", "From start")]
    [InlineData("RecoveredPublishedIndex", "Recovered published index")]
    public void A_property_is_shown_as_words(string name, string expected) => Assert.Equal(expected, HeaderText.Of(name));

    [Theory]
    [InlineData("CKA", "CKA")]
    [InlineData("CKAToLate", "CKA to late")]
    [InlineData("DebiasedCKA", "Debiased CKA")]
    [InlineData("MeanCka", "Mean CKA")]
    [InlineData("CnnRuns", "CNN runs")]
    public void Acronyms_stay_acronyms(string name, string expected) => Assert.Equal(expected, HeaderText.Of(name));

    [Theory]
    [InlineData("EffectiveRank90", "Effective rank 90")]
    [InlineData("From10To50", "From 10 to 50")]
    [InlineData("R90", "R90")]
    [InlineData("MeanR90", "Mean R90")]
    [InlineData("L2Norm", "L2 norm")]
    [InlineData("Conv2d", "Conv 2d")]
    public void Numbers_stand_alone_unless_a_single_letter_has_them(string name, string expected) => Assert.Equal(expected, HeaderText.Of(name));

    [Theory]
    [InlineData("PValue", "P value")]
    [InlineData("MedianP", "Median p")]
    [InlineData("λMax", "λ max")]
    [InlineData("share", "share")]
    [InlineData("mean_loss", "mean loss")]
    [InlineData("_", "_")]
    public void Letters_and_names_in_lower_case_stay_what_they_are(string name, string expected) => Assert.Equal(expected, HeaderText.Of(name));
}
