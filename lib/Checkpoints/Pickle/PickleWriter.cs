using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace Ndt.Checkpoints.Pickle;

/// <summary>
/// Writes the pickle of a checkpoint with the opcodes that <see cref="PickleMachine"/> reads and PyTorch's restricted
/// unpickler accepts too. No memo is kept: nothing is shared but storages, and those have keys, one for tensors that are the same
/// bytes (tied weights).
/// </summary>
internal sealed class PickleWriter
{
    private readonly ArrayBufferWriter<byte> pickle = new();
    private readonly List<NamedTensor> storages = [];
    private readonly Dictionary<(ReadOnlyMemory<byte>, ElementType), int> keys = [];

    /// <summary>The tensors written so far; the storage key of each is its place.</summary>
    public IReadOnlyList<NamedTensor> Storages => storages;

    /// <summary>The pickle of <paramref name="checkpoint"/>; its tensors are <see cref="Storages"/> then.</summary>
    public byte[] Write(Checkpoint checkpoint)
    {
        Write(Opcode.Protocol);
        pickle.Write([(byte)2]);
        Write(Opcode.EmptyDictionary);
        Write(Opcode.Mark);
        foreach (var (name, value) in checkpoint.Metadata)
        {
            Write(name);
            Write(value);
        }

        if (checkpoint.IsWrittenBare)
        {
            foreach (var tensor in checkpoint.Model)
            {
                Write(tensor.Name);
                Write(tensor);
            }
        }
        else
        {
            Write(CheckpointNames.Model);
            WriteStateDict(checkpoint.Model);
        }

        if (checkpoint.Optimizer is { } optimizer)
        {
            Write(CheckpointNames.Optimizer);
            Write(optimizer);
        }

        foreach (var tensor in checkpoint.Extra)
        {
            Write(tensor.Name);
            Write(tensor);
        }

        Write(Opcode.SetItems);
        Write(Opcode.Stop);
        return pickle.WrittenSpan.ToArray();
    }

    private void WriteStateDict(IEnumerable<NamedTensor> tensors)
    {
        WriteGlobal("collections", "OrderedDict");
        Write(Opcode.EmptyTuple);
        Write(Opcode.Reduce);
        WriteItems(tensors.Select(tensor => (tensor.Name, (Action)(() => Write(tensor)))));
    }

    private void Write(OptimizerState optimizer)
    {
        Write(Opcode.EmptyDictionary);
        WriteItems(
        [
            (CheckpointNames.State, () =>
            {
                Write(Opcode.EmptyDictionary);
                Write(Opcode.Mark);
                foreach (var state in optimizer.State.Where(state => !state.IsEmpty))
                {
                    Write((long)state.Index);
                    Write(Opcode.EmptyDictionary);
                    WriteItems(state.AllTensors().Select(tensor => (tensor.Name, (Action)(() => Write(tensor)))));
                }

                Write(Opcode.SetItems);
            }),
            (CheckpointNames.Groups, () => WriteList(optimizer.Groups, Write)),
        ]);
    }

    private void Write(ParameterGroup group)
    {
        Write(Opcode.EmptyDictionary);
        WriteItems(
        [
            .. group.Options.Select(option => (option.Key, (Action)(() => Write(option.Value)))),
            (CheckpointNames.Parameters, () => WriteList(group.Parameters, index => Write((long)index))),
        ]);
    }

    private void Write(CheckpointValue value)
    {
        switch (value)
        {
            case CheckpointValue.Flag flag:
                Write(flag.Value ? Opcode.True : Opcode.False);
                break;
            case CheckpointValue.Whole whole:
                Write(whole.Value);
                break;
            case CheckpointValue.Large large:
                var digits = large.Value.ToByteArray();
                Write(Opcode.Long4);
                Write4(digits.Length);
                pickle.Write(digits);
                break;
            case CheckpointValue.Bytes data:
                // As Python writes bytes in protocol 2, which has none.
                WriteGlobal("_codecs", "encode");
                Write(Encoding.Latin1.GetString(data.Items.AsSpan()));
                Write("latin1");
                Write(Opcode.Tuple2);
                Write(Opcode.Reduce);
                break;
            case CheckpointValue.Number number:
                Write(Opcode.BinFloat);
                Span<byte> bytes = stackalloc byte[8];
                BinaryPrimitives.WriteDoubleBigEndian(bytes, number.Value);
                pickle.Write(bytes);
                break;
            case CheckpointValue.Text text:
                Write(text.Value);
                break;
            case CheckpointValue.Sequence sequence:
                Write(Opcode.Mark);
                foreach (var item in sequence.Items)
                {
                    Write(item);
                }

                Write(Opcode.Tuple);
                break;
            case CheckpointValue.Map map:
                Write(Opcode.EmptyDictionary);
                WriteItems(map.Items.Select(item => (item.Key, (Action)(() => Write(item.Value)))));
                break;
            default:
                Write(Opcode.None);
                break;
        }
    }

    /// <summary>A call of <c>_rebuild_tensor_v2(storage, 0, shape, strides, requires_grad, hooks)</c>, or of <c>_v3</c> with the dtype besides for a type without a storage class.</summary>
    private void Write(NamedTensor tensor)
    {
        var storageName = tensor.Type.StorageName();
        WriteGlobal("torch._utils", storageName is null ? "_rebuild_tensor_v3" : "_rebuild_tensor_v2");
        Write(Opcode.Mark);

        Write(Opcode.Mark);
        Write("storage");
        WriteGlobal(storageName is null ? "torch.storage" : "torch", storageName ?? "UntypedStorage");
        Write(KeyOf(tensor).ToString(System.Globalization.CultureInfo.InvariantCulture));
        Write("cpu");
        Write(storageName is null ? tensor.Bytes.Length : (long)tensor.Elements);
        Write(Opcode.Tuple);
        Write(Opcode.BinPersistentId);

        Write(0L);
        WriteTuple(tensor.Shape.AsSpan());
        WriteTuple(TensorReference.StridesOf(tensor.Shape.AsSpan(), isColumnMajor: false));
        Write(Opcode.False);
        WriteGlobal("collections", "OrderedDict");
        Write(Opcode.EmptyTuple);
        Write(Opcode.Reduce);
        if (storageName is null)
        {
            WriteGlobal("torch", tensor.Type.DtypeName());
        }

        Write(Opcode.Tuple);
        Write(Opcode.Reduce);
    }

    private int KeyOf(NamedTensor tensor)
    {
        if (tensor.Bytes.IsEmpty || !keys.TryGetValue((tensor.Bytes, tensor.Type), out var key))
        {
            key = storages.Count;
            storages.Add(tensor);
            keys.TryAdd((tensor.Bytes, tensor.Type), key);
        }

        return key;
    }

    private void WriteItems(IEnumerable<(string Name, Action WriteValue)> items)
    {
        Write(Opcode.Mark);
        foreach (var (name, writeValue) in items)
        {
            Write(name);
            writeValue();
        }

        Write(Opcode.SetItems);
    }

    private void WriteList<T>(IEnumerable<T> items, Action<T> write)
    {
        Write(Opcode.EmptyList);
        Write(Opcode.Mark);
        foreach (var item in items)
        {
            write(item);
        }

        Write(Opcode.Appends);
    }

    private void WriteTuple(ReadOnlySpan<long> values)
    {
        Write(Opcode.Mark);
        foreach (var value in values)
        {
            Write(value);
        }

        Write(Opcode.Tuple);
    }

    private void Write(long value)
    {
        if (value is >= int.MinValue and <= int.MaxValue)
        {
            Write(Opcode.BinInt);
            Span<byte> bytes = stackalloc byte[4];
            BinaryPrimitives.WriteInt32LittleEndian(bytes, (int)value);
            pickle.Write(bytes);
        }
        else
        {
            Write(Opcode.Long1);
            pickle.Write([(byte)sizeof(long)]);
            Span<byte> bytes = stackalloc byte[sizeof(long)];
            BinaryPrimitives.WriteInt64LittleEndian(bytes, value);
            pickle.Write(bytes);
        }
    }

    private void Write(string text)
    {
        var utf8 = Encoding.UTF8.GetBytes(text);
        Write(Opcode.BinUnicode);
        Write4(utf8.Length);
        pickle.Write(utf8);
    }

    private void Write4(int length)
    {
        Span<byte> bytes = stackalloc byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, length);
        pickle.Write(bytes);
    }

    private void WriteGlobal(string module, string name)
    {
        Write(Opcode.Global);
        pickle.Write(Encoding.ASCII.GetBytes($"{module}\n{name}\n"));
    }

    private void Write(Opcode opcode) => pickle.Write([(byte)opcode]);
}
