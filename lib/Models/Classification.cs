using System.Globalization;
using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace Ndt.Models;

/// <summary>How well logits answer.</summary>
/// <param name="Loss">Mean cross-entropy in nats.</param>
/// <param name="Accuracy">Share of examples whose largest logit is the right class, 0 to 1; the first of equal ones counts. An example with a logit that is not finite counts as wrong.</param>
public readonly record struct Classification(double Loss, double Accuracy)
{
    /// <summary>Where there are no labels.</summary>
    public static Classification Unknown { get; } = new(double.NaN, double.NaN);

    /// <summary>Of logits [n, classes] against labels [n], whole numbers of any type. An empty set gives NaN.</summary>
    /// <exception cref="InputException">The shapes do not fit, or a label is no whole number from 0 to classes − 1.</exception>
    public static Classification Of(Tensor logits, Tensor labels)
    {
        RequireShapes(logits, labels);
        using var scope = NewDisposeScope();
        var values = logits.to(ScalarType.Float32).cpu().contiguous();
        var classes = labels.to(ScalarType.Float64).cpu().contiguous();
        var scores = MemoryMarshal.Cast<byte, float>(values.bytes);
        var truth = MemoryMarshal.Cast<byte, double>(classes.bytes);
        var width = (int)logits.shape[1];
        foreach (var label in truth)
        {
            if (!(label >= 0 && label < width && double.IsInteger(label)))
            {
                throw new InputException(string.Create(CultureInfo.InvariantCulture, $"the labels hold {label}; for logits of {width} classes each has to be a whole number from 0 to {width - 1}"));
            }
        }

        double loss = 0;
        var right = 0;
        for (var i = 0; i < truth.Length; i++)
        {
            var row = scores.Slice(i * width, width);
            var best = 0;
            var isFinite = true;
            for (var j = 0; j < width; j++)
            {
                best = row[j] > row[best] ? j : best;
                isFinite &= float.IsFinite(row[j]);
            }

            double sum = 0;
            foreach (var score in row)
            {
                sum += Math.Exp((double)score - row[best]);
            }

            loss += Math.Log(sum) + row[best] - row[(int)truth[i]];
            right += isFinite && best == truth[i] ? 1 : 0;
        }

        return new Classification(loss / truth.Length, (double)right / truth.Length);
    }

    /// <summary>Throws <see cref="InputException"/> unless logits are [n, classes] and labels [n].</summary>
    internal static void RequireShapes(Tensor logits, Tensor labels)
    {
        if (logits.dim() != 2 || labels.dim() != 1 || labels.shape[0] != logits.shape[0] || labels.is_complex())
        {
            throw new InputException($"logits [{string.Join(", ", logits.shape)}] and labels [{string.Join(", ", labels.shape)}] of type {labels.dtype} do not fit; [n, classes] and [n] whole numbers are expected");
        }
    }
}
