using System.Buffers.Binary;
using System.Text;

namespace Ndt.Checkpoints.Pickle;

/// <summary>
/// Runs a pickle of protocol 2 and builds plain values only: null, bool, long, double, string, list (<see cref="List{T}"/>),
/// tuple (array), dictionary (ordered, keys string or long), storages and tensors. Every other global is refused by name, so
/// that no file can make anything happen but this. Work and memory are bounded by the number of opcodes.
/// </summary>
internal sealed class PickleMachine
{
    /// <summary>No pickle of more bytes is looked at; a tensor takes about a hundred.</summary>
    public const int MaximumLength = 8 << 20;

    // An opcode builds at most a hundred bytes or so besides the text it carries; a tensor takes some forty.
    private const int MaximumOpcodes = 200_000;
    private const int MaximumGlobalLength = 256;

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly UntrustedFile file;
    private readonly TensorVocabulary vocabulary;
    private readonly byte[] pickle;
    private readonly List<object?> stack = [];
    private readonly Stack<int> marks = new();
    private readonly Dictionary<int, object?> memo = [];
    private int at;

    private PickleMachine(UntrustedFile file, TensorVocabulary vocabulary, byte[] pickle)
    {
        this.file = file;
        this.vocabulary = vocabulary;
        this.pickle = pickle;
    }

    /// <summary>The value that <paramref name="pickle"/> builds. It may be nested, shared or cyclic as the file pleases: whoever walks it has to count.</summary>
    public static object? Run(UntrustedFile file, TensorVocabulary vocabulary, byte[] pickle) => new PickleMachine(file, vocabulary, pickle).Run();

    private object? Run()
    {
        if (pickle is not [(byte)Opcode.Protocol, 2, ..])
        {
            throw file.Bad("the pickle is not of protocol 2, which torch.save writes");
        }

        at = 2;
        for (var count = 0; count < MaximumOpcodes; count++)
        {
            var opcode = (Opcode)Take(1)[0];
            if (opcode == Opcode.Stop)
            {
                return Pop();
            }

            Execute(opcode);
        }

        throw file.Bad($"the pickle has more than {MaximumOpcodes} opcodes");
    }

    private void Execute(Opcode opcode)
    {
        switch (opcode)
        {
            case Opcode.None: stack.Add(null); break;
            case Opcode.True: stack.Add(true); break;
            case Opcode.False: stack.Add(false); break;
            case Opcode.BinInt: stack.Add((long)BinaryPrimitives.ReadInt32LittleEndian(Take(4))); break;
            case Opcode.BinInt1: stack.Add((long)Take(1)[0]); break;
            case Opcode.BinInt2: stack.Add((long)BinaryPrimitives.ReadUInt16LittleEndian(Take(2))); break;
            case Opcode.Long1: stack.Add(TakeLong()); break;
            case Opcode.BinFloat: stack.Add(BinaryPrimitives.ReadDoubleBigEndian(Take(8))); break;
            case Opcode.BinUnicode: stack.Add(Decode(Take(BinaryPrimitives.ReadUInt32LittleEndian(Take(4))))); break;

            case Opcode.EmptyTuple: stack.Add(Array.Empty<object?>()); break;
            case Opcode.Tuple1: PushTuple(1); break;
            case Opcode.Tuple2: PushTuple(2); break;
            case Opcode.Tuple3: PushTuple(3); break;
            case Opcode.Tuple: stack.Add(PopToMark()); break;

            case Opcode.EmptyList: stack.Add(new List<object?>()); break;
            case Opcode.Append: Append([Pop()]); break;
            case Opcode.Appends: Append(PopToMark()); break;

            case Opcode.EmptyDictionary: stack.Add(new OrderedDictionary<object, object?>()); break;
            case Opcode.SetItem: SetItems(PopMany(2)); break;
            case Opcode.SetItems: SetItems(PopToMark()); break;

            case Opcode.Mark: marks.Push(stack.Count); break;
            case Opcode.Pop: Pop(); break;
            case Opcode.PopMark: PopToMark(); break;
            case Opcode.Duplicate: stack.Add(Top()); break;
            case Opcode.BinPut: memo[Take(1)[0]] = Top(); break;
            case Opcode.LongBinPut: memo[TakeMemoIndex()] = Top(); break;
            case Opcode.BinGet: Recall(Take(1)[0]); break;
            case Opcode.LongBinGet: Recall(TakeMemoIndex()); break;

            case Opcode.Global: stack.Add(TakeGlobal()); break;
            case Opcode.BinPersistentId: stack.Add(vocabulary.Storage(Pop())); break;
            case Opcode.Reduce: Reduce(); break;
            case Opcode.Build: Build(); break;

            default: throw Bad($"opcode 0x{(byte)opcode:X2} is not one that torch.save writes");
        }
    }

    private void Reduce()
    {
        var arguments = Pop();
        stack.Add(Pop() is PickleGlobal callee && arguments is object?[] tuple
            ? vocabulary.Call(callee, tuple)
            : throw Bad("something is called that is not a function, or without a tuple of arguments"));
    }

    /// <summary>The one state that torch.save attaches is an OrderedDict's <c>_metadata</c>, module versions that say nothing about the tensors.</summary>
    private void Build()
    {
        var state = Pop();
        if (state is not OrderedDictionary<object, object?> || Top() is not OrderedDictionary<object, object?>)
        {
            throw Bad("attributes are set on something that is not a dictionary");
        }
    }

    private void Append(object?[] items) => (Top() as List<object?> ?? throw Bad("something is appended to what is not a list")).AddRange(items);

    private void SetItems(object?[] items)
    {
        if (Top() is not OrderedDictionary<object, object?> dictionary || items.Length % 2 != 0)
        {
            throw Bad("items are set on what is not a dictionary, or a key is without a value");
        }

        for (var i = 0; i < items.Length; i += 2)
        {
            // Numbers of 64 bits could be chosen to collide in the hash table, hundreds of thousands of them.
            var key = items[i] is string or (long and >= int.MinValue and <= int.MaxValue)
                ? items[i]!
                : throw Bad("a dictionary's key is neither a string nor a whole number of 32 bits");
            if (!dictionary.TryAdd(key, items[i + 1]))
            {
                throw Bad($"a dictionary has the key {Printable.Quote(key.ToString()!)} twice");
            }
        }
    }

    private PickleGlobal TakeGlobal()
    {
        var module = TakeLine();
        var name = TakeLine();
        return PickleGlobal.Find(module, name)
            ?? throw file.Bad($"the pickle asks for {Printable.Quote($"{module}.{name}")}, which is refused: only tensors, numbers, strings, lists and dictionaries are built");
    }

    private string TakeLine()
    {
        var rest = pickle.AsSpan(at);
        var length = rest[..Math.Min(rest.Length, MaximumGlobalLength)].IndexOf((byte)'\n');
        if (length < 0)
        {
            throw Bad($"a global's name does not end within {MaximumGlobalLength} bytes");
        }

        var line = Decode(Take(length));
        at++;
        return line;
    }

    private long TakeLong()
    {
        var bytes = Take(Take(1)[0]);
        if (bytes.Length > sizeof(long))
        {
            throw Bad($"a whole number has {bytes.Length} bytes; at most {sizeof(long)} are read");
        }

        long value = bytes is [.., >= 0x80] ? -1 : 0;
        for (var i = bytes.Length - 1; i >= 0; i--)
        {
            value = (value << 8) | bytes[i];
        }

        return value;
    }

    private int TakeMemoIndex()
    {
        var index = BinaryPrimitives.ReadUInt32LittleEndian(Take(4));
        return index < MaximumOpcodes ? (int)index : throw Bad($"memo index {index} exceeds the number of opcodes allowed");
    }

    private ReadOnlySpan<byte> Take(long count)
    {
        if (count > pickle.Length - at)
        {
            throw Bad("it is cut off");
        }

        at += (int)count;
        return pickle.AsSpan(at - (int)count, (int)count);
    }

    private string Decode(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return StrictUtf8.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            throw Bad("a string is not UTF-8");
        }
    }

    private void Recall(int index) =>
        stack.Add(memo.TryGetValue(index, out var value) ? value : throw Bad($"memo {index} is read before it is written"));

    private void PushTuple(int count) => stack.Add(PopMany(count));

    private object? Top() => stack.Count > Floor() ? stack[^1] : throw Bad("the stack is empty");

    private object? Pop()
    {
        var top = Top();
        stack.RemoveAt(stack.Count - 1);
        return top;
    }

    private object?[] PopToMark() => marks.TryPop(out var mark) ? PopFrom(mark) : throw Bad("there is no mark on the stack");

    private object?[] PopMany(int count) => stack.Count - count >= Floor() ? PopFrom(stack.Count - count) : throw Bad("the stack is empty");

    private object?[] PopFrom(int start)
    {
        var items = stack.GetRange(start, stack.Count - start).ToArray();
        stack.RemoveRange(start, items.Length);
        return items;
    }

    /// <summary>What lies below the last mark is out of reach, as in Python.</summary>
    private int Floor() => marks.TryPeek(out var mark) ? mark : 0;

    private InputException Bad(string found) => file.Bad($"the pickle is wrong near byte {at}: {found}");
}
