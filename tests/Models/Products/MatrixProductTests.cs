using System.Runtime.InteropServices;
using Ndt.Models.Products;
using static TorchSharp.torch;

namespace Ndt.Tests.Models.Products;

[Collection(nameof(TorchGenerator))]
public sealed unsafe class MatrixProductTests
{
    private static readonly int[] Sizes = [1, 7, 13, 31, 33, 49, 160, 784];

    public MatrixProductTests() =>
        Assert.SkipUnless(MatrixProduct.IsSupported, "this processor lacks the vectors of 512 bits that the product is written for; libtorch's is used in its place");

    public enum Start
    {
        Nothing,
        Row,
        Matrix,
        Product,
    }

    public static TheoryData<bool, bool, Start> Layouts
    {
        get
        {
            var data = new TheoryData<bool, bool, Start>();
            foreach (var start in Enum.GetValues<Start>())
            {
                data.Add(false, false, start);
                data.Add(true, false, start);
                data.Add(false, true, start);
                data.Add(true, true, start);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Layouts))]
    public void Products_of_odd_shapes_are_those_in_double_precision_up_to_rounding(bool leftTransposed, bool rightTransposed, Start start)
    {
        var random = new Random(1);
        foreach (var (m, k, n) in Sizes.Select((m, i) => (m, Sizes[(i + 3) % Sizes.Length], Sizes[(i + 5) % Sizes.Length])).Append((32, 784, 512)).Append((512, 128, 384)).Append((20, 5, 20)).Append((8, 0, 32)))
        {
            using var left = new Values(random, leftTransposed ? k : m, leftTransposed ? m : k);
            using var right = new Values(random, rightTransposed ? n : k, rightTransposed ? k : n);
            using var begin = new Values(random, m, n);
            using var product = new Values(random, m, n);
            var a = leftTransposed ? left.View.Transposed : left.View;
            var b = rightTransposed ? right.View.Transposed : right.View;
            var before = product.ToArray();
            var (first, stride) = start switch
            {
                Start.Nothing => (0, 0),
                Start.Row => ((nint)begin.View.Start, 0),
                Start.Matrix => ((nint)begin.View.Start, n),
                _ => ((nint)product.View.Start, n),
            };
            MatrixProduct.Multiply(a, b, product.View, (float*)first, stride);
            for (var i = 0; i < m; i++)
            {
                for (var j = 0; j < n; j++)
                {
                    double sum = start switch { Start.Nothing => 0, Start.Row => begin[0, j], Start.Matrix => begin[i, j], _ => before[(i * n) + j] };
                    var size = Math.Abs(sum);
                    for (var l = 0; l < k; l++)
                    {
                        var term = (double)At(a, i, l) * At(b, l, j);
                        sum += term;
                        size += Math.Abs(term);
                    }

                    // A chain of k roundings, each at most 2⁻²⁴ of the sum so far; far less in the mean.
                    Assert.InRange(Math.Abs(product[i, j] - sum), 0, size * (k + 1) * Math.Pow(2, -24));
                }
            }
        }
    }

    [Fact]
    public void What_is_negative_becomes_0_with_relu_and_NaN_stays()
    {
        using var a = new Values([1, -1, float.NaN], 3, 1);
        using var b = new Values([2, -3], 1, 2);
        using var product = new Values(new float[6], 3, 2);
        MatrixProduct.Multiply(a.View, b.View, product.View, relu: true);
        Assert.Equal([2, 0, 0, 3, float.NaN, float.NaN], product.ToArray());
    }

    [Theory]
    [InlineData(0, 5, 4)]
    [InlineData(3, 5, 0)]
    [InlineData(3, 0, 4)]
    public void An_empty_product_writes_nothing_but_its_start(int m, int k, int n)
    {
        var random = new Random(2);
        using var a = new Values(random, m, k);
        using var b = new Values(random, k, n);
        using var bias = new Values(random, 1, n);
        using var product = new Values(random, m, n);
        MatrixProduct.Multiply(a.View, b.View, product.View, bias.View.Start);
        Assert.Equal(Enumerable.Repeat(bias.ToArray(), m).SelectMany(row => row), product.ToArray());
    }

    [Fact]
    public void Shapes_that_do_not_fit_are_refused()
    {
        using var a = new Values(new Random(3), 2, 3);
        using var product = new Values(new Random(3), 2, 2);
        var error = Assert.Throws<ArgumentException>(() => MatrixProduct.Multiply(a.View, a.View, product.View));
        Assert.Contains("[2, 3] · [2, 3]", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_bits_of_a_row_depend_neither_on_the_rows_beside_it_nor_on_the_number_of_threads()
    {
        var random = new Random(4);
        using var a = new Values(random, 93, 311);
        using var b = new Values(random, 311, 205);
        using var whole = new Values(random, 93, 205);
        using var shared = new Values(random, 93, 205);
        MatrixProduct.Multiply(a.View, b.View, whole.View);
        foreach (var (first, count) in new[] { (0, 1), (3, 20), (88, 5) })
        {
            using var some = new Values(random, count, 205);
            MatrixProduct.Multiply(new MatrixView(a.View.Start + (first * 311), count, 311), b.View, some.View);
            Assert.Equal(whole.ToArray()[(first * 205)..((first + count) * 205)], some.ToArray());
        }

        var before = get_num_threads();
        try
        {
            set_num_threads(3);
            MatrixProduct.Multiply(a.View, b.View, shared.View);
        }
        finally
        {
            set_num_threads(before);
        }

        Assert.Equal(whole.ToArray(), shared.ToArray());
    }

    private static float At(MatrixView view, int row, int column) => view.Start[(row * view.RowStride) + (column * view.ColumnStride)];

    private sealed class Values : IDisposable
    {
        private readonly float* memory;

        public Values(Random random, int rows, int columns) : this([.. Enumerable.Range(0, rows * columns).Select(_ => (float)(random.NextDouble() - 0.5))], rows, columns)
        {
        }

        public Values(float[] values, int rows, int columns)
        {
            memory = (float*)NativeMemory.Alloc((nuint)values.Length, sizeof(float));
            values.CopyTo(new Span<float>(memory, values.Length));
            View = new MatrixView(memory, rows, columns);
        }

        public MatrixView View { get; }

        public float this[int row, int column] => memory[(row * View.Columns) + column];

        public float[] ToArray() => new Span<float>(memory, View.Rows * View.Columns).ToArray();

        public void Dispose() => NativeMemory.Free(memory);
    }
}
