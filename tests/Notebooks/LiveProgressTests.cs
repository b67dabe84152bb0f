using Ndt.Cli.Notebooks;

namespace Ndt.Tests.Notebooks;

public sealed class LiveProgressTests
{
    [Theory]
    [InlineData(80, "notebooks/01_phase1.ipynb  cell 3 of 10  ", "var set = RecordSet.Load(\"data/records…")]
    [InlineData(40, "01_phase1.ipynb  cell 3 of 10  ", "var set …")]
    [InlineData(25, "01_phase…  cell 3 of 10  ", "")]
    [InlineData(10, "  cell 3 …", "")]
    [InlineData(0, "", "")]
    public void A_cells_place_goes_before_its_first_line_and_both_fit(int room, string place, string line) =>
        Assert.Equal((place, line), LiveProgress.Fit("notebooks/01_phase1.ipynb", "  cell 3 of 10  ", "var set = RecordSet.Load(\"data/records\", \"study\");", room));
}
