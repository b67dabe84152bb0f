using Ndt.Records;

namespace Ndt.Tests.Records;

public sealed class RecordCsvTests
{
    [Fact]
    public void One_row_a_measurement_and_layer_view_holds_every_metric_or_nothing()
    {
        using var folder = new TemporaryFolder();
        RecordCsv.Write(folder.PathOf("record.csv"), TestRecords.WithInitialStateTokensAndAttention());
        var lines = File.ReadAllLines(folder.PathOf("record.csv"));

        Assert.Equal(1 + (26 * 5), lines.Length);
        Assert.StartsWith(
            "architecture,dataset,seed,protocol,step,updates,epoch,loss,gradient_norm,probe_loss,probe_accuracy,layer,view,depth,samples,features,frobenius_squared,stable_rank,",
            lines[0],
            StringComparison.Ordinal);
        Assert.Equal("transformer_tiny,mnist,3,study,-1,0,0,,,,,input_proj,study,0,160,16,200,3,4,,2,5,,,,,,,,,,,,0.9999999999995001", lines[1]);
        Assert.StartsWith("transformer_tiny,mnist,3,study,0,1,1,2,1,,,input_proj,study,0,160,16,202,2.5,", lines[6], StringComparison.Ordinal);
    }
}
