namespace Ndt.Measurement;

/// <summary>Of a Gram matrix K = BBᵀ: its trace, its squared Frobenius norm, and the sum of its squared diagonal.</summary>
internal readonly record struct GramMoments(double Trace, double Squares, double Fourth)
{
    /// <summary>Those of the whole matrix, and of each feature alone.</summary>
    public static (GramMoments Whole, GramMoments[] OfFeatures) Of(ReadOnlySpan<double> matrix, int samples, int features, bool centred)
    {
        var (values, _) = MatrixShape.AtUnitScale(matrix);
        var b = centred ? MatrixShape.Centred(values, samples, features) : values;
        var ofFeatures = new GramMoments[features];
        double trace = 0, fourth = 0;
        for (var i = 0; i < samples; i++)
        {
            double norm = 0;
            for (var feature = 0; feature < features; feature++)
            {
                var square = b[(i * features) + feature] * b[(i * features) + feature];
                norm += square;
                var one = ofFeatures[feature];
                ofFeatures[feature] = new GramMoments(one.Trace + square, 0, one.Fourth + (square * square));
            }

            trace += norm;
            fourth += norm * norm;
        }

        for (var feature = 0; feature < features; feature++)
        {
            // Of one feature K has rank one: ‖K‖² = (tr K)².
            ofFeatures[feature] = ofFeatures[feature] with { Squares = ofFeatures[feature].Trace * ofFeatures[feature].Trace };
        }

        // ‖BBᵀ‖ = ‖BᵀB‖: the smaller product will do.
        var squares = samples <= features
            ? SquaredNormOfProduct(b, samples, features)
            : SquaredNormOfProduct(MatrixShape.Transposed(b, samples, features), features, samples);
        return (new GramMoments(trace, squares, fourth), ofFeatures);
    }

    private static double SquaredNormOfProduct(ReadOnlySpan<double> b, int rows, int columns)
    {
        double sum = 0;
        for (var i = 0; i < rows; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                var dot = MatrixShape.Dot(b.Slice(i * columns, columns), b.Slice(j * columns, columns));
                sum += (i == j ? 1 : 2) * dot * dot;
            }
        }

        return sum;
    }
}
