using Ndt.PhaseTwo;

namespace Ndt.Tests.PhaseTwo;

public sealed class ComparisonFileTests : IDisposable
{
    private static readonly ComparedStates[] Rows =
    [
        new(new SimilarityValue(ComparisonKind.OverTime, "mlp_narrow", "study", "fc", 3, "rsa", 10, 2000, 1, 1, 1 / 3.0), "aa", "bb"),
        new(new SimilarityValue(ComparisonKind.Noise, "cnn_deep", "shuffled_labels", SimilarityValue.HiddenLayers, -1, "procrustes", 0, 0, 4, 4, double.NaN), "cc", ""),
    ];

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void What_was_written_comes_back_bit_for_bit()
    {
        var path = folder.PathOf("new", "similarities.parquet");
        ComparisonFile.Write(path, Rows);
        Assert.Equal(Rows, ComparisonFile.Read(path));
    }

    [Fact]
    public void A_file_that_is_none_is_refused_in_one_line_that_names_it()
    {
        var path = folder.PathOf("similarities.parquet");
        ComparisonFile.Write(path, Rows);
        var bytes = File.ReadAllBytes(path);
        File.WriteAllBytes(path, bytes[..(bytes.Length / 2)]);
        Refused(path, "not a readable file of comparisons");
        Refused(folder.Write("text.parquet", "similarity,0.5"), "PAR1");
        Refused(folder.PathOf("nowhere.parquet"), "");
        Refused(folder.Root, "a file of comparisons");
        Refused(Path.Combine(RepositoryPaths.Root, "data", "records", "study", "mlp_narrow_mnist_s0.parquet"), "column comparison is missing");
    }

    [Fact]
    public void Whatever_byte_is_damaged_the_answer_is_rows_or_one_line()
    {
        var path = folder.PathOf("similarities.parquet");
        ComparisonFile.Write(path, Rows);
        var bytes = File.ReadAllBytes(path);
        for (var i = 0; i < bytes.Length; i += 7)
        {
            var damaged = bytes.ToArray();
            damaged[i] ^= 0xFF;
            File.WriteAllBytes(path, damaged);
            if (Record.Exception(() => ComparisonFile.Read(path)) is { } refusal)
            {
                Assert.IsType<InputException>(refusal);
                Assert.DoesNotContain('\n', refusal.Message);
            }
        }
    }

    private static void Refused(string path, string part)
    {
        var message = Assert.Throws<InputException>(() => ComparisonFile.Read(path)).Message;
        Assert.StartsWith(path, message, StringComparison.Ordinal);
        Assert.Contains(part, message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', message);
    }
}
