namespace Ndt.Measurement;

/// <summary>The activation matrix of one layer in one view.</summary>
/// <param name="Layer">Which, and its shape.</param>
/// <param name="Matrix">Row-major [samples, features] in single precision; the probe's own buffer, valid until its next capture.</param>
public readonly record struct LayerActivations(ProbedLayer Layer, ReadOnlyMemory<float> Matrix)
{
    /// <summary>The same matrix in double precision where the network computes in it (<see cref="Matrix"/> is then rounded); empty otherwise.</summary>
    public ReadOnlyMemory<double> Doubles { get; init; }

    /// <summary>Copies of some of the samples.</summary>
    internal LayerActivations Only(long[] samples) => new(Layer with { Samples = samples.Length }, Rows(Matrix.Span, samples)) { Doubles = Rows(Doubles.Span, samples) };

    private T[] Rows<T>(ReadOnlySpan<T> matrix, long[] samples)
    {
        if (matrix.IsEmpty)
        {
            return [];
        }

        var features = Layer.Features;
        var rows = new T[samples.Length * features];
        for (var i = 0; i < samples.Length; i++)
        {
            matrix.Slice((int)samples[i] * features, features).CopyTo(rows.AsSpan(i * features));
        }

        return rows;
    }
}
