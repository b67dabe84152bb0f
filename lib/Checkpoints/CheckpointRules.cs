using System.Text;
using Ndt.Checkpoints.Pickle;

namespace Ndt.Checkpoints;

/// <summary>What a checkpoint has to keep to, so that either format gives back what was written.</summary>
internal static class CheckpointRules
{
    // Less than what either reader goes to.
    private const int MaximumDepth = 60;
    private const int LongestNumber = 4096;

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Refuses what cannot be read back.</summary>
    /// <exception cref="InputException">A name or a text is not Unicode, an optimiser's parameter stands twice, or a name of its own is used for something else.</exception>
    public static void Check(string path, Checkpoint checkpoint)
    {
        foreach (var name in checkpoint.Model.Concat(checkpoint.Extra).Select(tensor => tensor.Name))
        {
            CheckText(path, name);
        }

        foreach (var (name, value) in checkpoint.Metadata)
        {
            CheckText(path, name);
            CheckValue(path, value);
        }

        if (checkpoint.AllTensors().FirstOrDefault(tensor => tensor.Shape.Length > TensorReference.MaximumDimensions) is { } deep)
        {
            throw new InputException($"{path}: not written, since the tensor {Printable.Quote(deep.Name)} has {deep.Shape.Length} dimensions; at most {TensorReference.MaximumDimensions} are read back.");
        }

        RefuseRepeated(path, checkpoint.Model.Select(tensor => tensor.Name));
        if (checkpoint.Optimizer is not { } optimizer)
        {
            return;
        }

        RefuseRepeated(path, optimizer.State.Select(state => $"{FlatNames.OptimizerState}{state.Index}"));
        foreach (var state in optimizer.State)
        {
            RefuseRepeated(path, state.Tensors.Select(tensor => tensor.Name).Append(CheckpointNames.Step));
            foreach (var tensor in state.Tensors)
            {
                CheckText(path, tensor.Name);
            }
        }

        foreach (var group in optimizer.Groups)
        {
            RefuseRepeated(path, [.. group.Options.Keys, CheckpointNames.Parameters]);
            CheckValue(path, new CheckpointValue.Map(group.Options));
        }
    }

    /// <summary>Refuses two parts of one name.</summary>
    public static void RefuseRepeated(string path, IEnumerable<string> names)
    {
        var seen = new HashSet<string>();
        if (names.FirstOrDefault(name => !seen.Add(name)) is { } repeated)
        {
            throw new InputException($"{path}: not written, since the checkpoint holds {Printable.Quote(repeated)} twice.");
        }
    }

    private static void CheckValue(string path, CheckpointValue value, int depth = 1)
    {
        if (depth > MaximumDepth)
        {
            throw new InputException($"{path}: not written, since the checkpoint's plain values are nested more than {MaximumDepth} deep.");
        }

        switch (value)
        {
            case CheckpointValue.Large large when large.Value.GetByteCount() > LongestNumber:
                throw new InputException($"{path}: not written, since a whole number of the checkpoint has {large.Value.GetByteCount()} bytes; at most {LongestNumber} are read back.");
            case CheckpointValue.Text text:
                CheckText(path, text.Value);
                break;
            case CheckpointValue.Sequence sequence:
                foreach (var item in sequence.Items)
                {
                    CheckValue(path, item, depth + 1);
                }

                break;
            case CheckpointValue.Map map:
                foreach (var (name, item) in map.Items)
                {
                    CheckText(path, name);
                    CheckValue(path, item, depth + 1);
                }

                break;
            default:
                break;
        }
    }

    private static void CheckText(string path, string text)
    {
        try
        {
            StrictUtf8.GetByteCount(text);
        }
        catch (EncoderFallbackException e)
        {
            throw new InputException($"{path}: not written, since the text {Printable.Quote(text)} holds half a character, which is not Unicode.", e);
        }
    }
}
