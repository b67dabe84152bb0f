using Ndt.Measurement;

namespace Ndt.Arrays;

/// <summary>How an array [samples, …] becomes one matrix [samples, features]. A file does not say what its dimensions are, so the user has to where there are more than two.</summary>
public static class ArrayView
{
    /// <summary>All dimensions but the first side by side: [n, c, h, w] gives [n, c·h·w].</summary>
    public const string Flatten = "flatten";

    /// <summary>The views, the default first: <see cref="LayerView.Study"/> (mean over all dimensions from the third on), <see cref="LayerView.TokenMean"/> (mean over all between the first and the last: [n, t, d] and [n, h, w, d] give [n, d]), <see cref="Flatten"/>.</summary>
    public static IReadOnlyList<string> All { get; } = [LayerView.Study, LayerView.TokenMean, Flatten];

    /// <summary>The matrix of an array in a view. An array of one dimension is one feature.</summary>
    /// <exception cref="InputException">A scalar, or an array without elements; names the array.</exception>
    public static ArrayMatrix Of(NamedArray array, string view)
    {
        if (array.Shape.Count == 0)
        {
            throw new InputException($"{Printable.Quote(array.Name)} is a single number; an array [samples, …] is needed");
        }

        if (array.Values.Length == 0)
        {
            throw new InputException($"{Printable.Quote(array.Name)} of shape {array.ShapeText} holds no values; an array [samples, …] is needed");
        }

        var samples = (int)array.Shape[0];
        var width = array.Values.Length / samples;
        return array.Shape.Count <= 2 || view == Flatten
            ? new ArrayMatrix(samples, width, array.Values)
            : view == LayerView.TokenMean ? MeanOverMiddle(array, samples, (int)array.Shape[^1]) : MeanOverLast(array, samples, (int)array.Shape[1]);
    }

    private static ArrayMatrix MeanOverLast(NamedArray array, int samples, int features)
    {
        var places = array.Values.Length / (samples * features);
        var matrix = new double[samples * features];
        for (var i = 0; i < matrix.Length; i++)
        {
            double sum = 0;
            foreach (var value in array.Values.AsSpan(i * places, places))
            {
                sum += value;
            }

            matrix[i] = sum / places;
        }

        return new ArrayMatrix(samples, features, matrix);
    }

    private static ArrayMatrix MeanOverMiddle(NamedArray array, int samples, int features)
    {
        var places = array.Values.Length / (samples * features);
        var matrix = new double[samples * features];
        for (var i = 0; i < samples; i++)
        {
            var row = matrix.AsSpan(i * features, features);
            for (var place = 0; place < places; place++)
            {
                var from = array.Values.AsSpan(((i * places) + place) * features, features);
                for (var j = 0; j < features; j++)
                {
                    row[j] += from[j];
                }
            }

            foreach (ref var value in row)
            {
                value /= places;
            }
        }

        return new ArrayMatrix(samples, features, matrix);
    }
}
