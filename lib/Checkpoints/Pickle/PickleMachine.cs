using System.Buffers.Binary;
using System.Globalization;
using System.Numerics;
using System.Text;

namespace Ndt.Checkpoints.Pickle;

/// <summary>
/// Runs a pickle of protocol 1 to 5 and builds plain values only: null, bool, long, BigInteger, double, string, bytes, list
/// (<see cref="List{T}"/>; sets are lists), tuple (array), <see cref="PickleDictionary"/>, storages, tensors and arrays. Every name
/// of Python's that is not a word of <see cref="TensorVocabulary"/> becomes a placeholder, and so does what it would make: no file
/// can make anything happen but this. Work and memory are bounded by the number of opcodes.
/// </summary>
internal sealed class PickleMachine
{
    /// <summary>No pickle of more bytes is looked at. A tensor takes about a hundred, a number of a history nine, an array of NumPy's all of its own.</summary>
    public const int MaximumLength = 1 << 30;

    /// <summary>The same for one that is inflated from fewer.</summary>
    public const int MaximumInflatedLength = 32 << 20;

    private const int NewestProtocol = 5;

    // A number takes up to 32 bytes for its two to nine; what can hold others takes a hundred for one.
    private const int MaximumOpcodes = 4_000_000;
    private const int MaximumContainers = 500_000;
    private const int MaximumGlobalLength = 256;

    // Writing a number as text takes the square of its length; 4,096 bytes are ten thousand digits.
    private const int LongestNumber = 4096;

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
    private static readonly object[] SmallNumbers = [.. Enumerable.Range(0, 256).Select(number => (object)(long)number)];
    private static readonly object True = true;
    private static readonly object False = false;

    private readonly UntrustedFile file;
    private readonly TensorVocabulary vocabulary;
    private readonly byte[] pickle;
    private readonly List<object?> stack = [];
    private readonly Stack<int> marks = new();
    private readonly Dictionary<int, object?> memo = [];
    private int containersLeft = MaximumContainers;
    private int at;

    private PickleMachine(UntrustedFile file, TensorVocabulary vocabulary, byte[] pickle, int start)
    {
        this.file = file;
        this.vocabulary = vocabulary;
        this.pickle = pickle;
        at = start;
    }

    /// <summary>The value that <paramref name="pickle"/> builds. It may be nested, shared or cyclic as the file pleases: whoever walks it has to count.</summary>
    public static object? Run(UntrustedFile file, TensorVocabulary vocabulary, byte[] pickle)
    {
        var start = 0;
        return Run(file, vocabulary, pickle, ref start);
    }

    /// <summary>The value of one pickle of several, from <paramref name="start"/> on, which then is where it ends.</summary>
    public static object? Run(UntrustedFile file, TensorVocabulary vocabulary, byte[] pickle, ref int start)
    {
        var machine = new PickleMachine(file, vocabulary, pickle, start);
        var value = machine.Run();
        start = machine.at;
        return value;
    }

    private object? Run()
    {
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
            case Opcode.Protocol: CheckProtocol(Take(1)[0]); break;
            case Opcode.Frame: Take(8); break;

            case Opcode.None: stack.Add(null); break;
            case Opcode.True: stack.Add(True); break;
            case Opcode.False: stack.Add(False); break;
            case Opcode.Int or Opcode.Long: PushNumberText(TakeLine("a number")); break;
            case Opcode.BinInt: stack.Add((long)BinaryPrimitives.ReadInt32LittleEndian(Take(4))); break;
            case Opcode.BinInt1: stack.Add(SmallNumbers[Take(1)[0]]); break;
            case Opcode.BinInt2: stack.Add((long)BinaryPrimitives.ReadUInt16LittleEndian(Take(2))); break;
            case Opcode.Long1: PushNumber(TakeNumber(Take(1)[0])); break;
            case Opcode.Long4: PushNumber(TakeNumber(TakeLength(4))); break;
            case Opcode.BinFloat: stack.Add(BinaryPrimitives.ReadDoubleBigEndian(Take(8))); break;
            case Opcode.ShortBinUnicode: stack.Add(TakeText(1)); break;
            case Opcode.BinUnicode: stack.Add(TakeText(4)); break;
            case Opcode.BinUnicode8: stack.Add(TakeText(8)); break;
            case Opcode.ShortBinString: stack.Add(TakeText(1)); break;
            case Opcode.BinString: stack.Add(TakeText(4)); break;
            case Opcode.ShortBinBytes: stack.Add(Take(TakeLength(1)).ToArray()); break;
            case Opcode.BinBytes: stack.Add(Take(TakeLength(4)).ToArray()); break;
            case Opcode.BinBytes8 or Opcode.ByteArray8: stack.Add(Take(TakeLength(8)).ToArray()); break;

            case Opcode.EmptyTuple: stack.Add(Array.Empty<object?>()); break;
            case Opcode.Tuple1: PushTuple(1); break;
            case Opcode.Tuple2: PushTuple(2); break;
            case Opcode.Tuple3: PushTuple(3); break;
            case Opcode.Tuple: PushContainer(PopToMark()); break;

            case Opcode.EmptyList or Opcode.EmptySet: PushContainer(new List<object?>()); break;
            case Opcode.Append: Append([Pop()]); break;
            case Opcode.Appends or Opcode.AddItems: Append(PopToMark()); break;
            case Opcode.FrozenSet: PushContainer(new List<object?>(PopToMark())); break;

            case Opcode.EmptyDictionary: PushContainer(new PickleDictionary()); break;
            case Opcode.SetItem: SetItems(PopMany(2)); break;
            case Opcode.SetItems: SetItems(PopToMark()); break;

            case Opcode.Mark: marks.Push(stack.Count); break;
            case Opcode.Pop: Pop(); break;
            case Opcode.PopMark: PopToMark(); break;
            case Opcode.Duplicate: stack.Add(Top()); break;
            case Opcode.BinPut: memo[Take(1)[0]] = Top(); break;
            case Opcode.LongBinPut: memo[TakeMemoIndex()] = Top(); break;
            case Opcode.Memoize: memo[memo.Count] = Top(); break;
            case Opcode.BinGet: Recall(Take(1)[0]); break;
            case Opcode.LongBinGet: Recall(TakeMemoIndex()); break;

            case Opcode.Global: PushGlobal(TakeLine("a global's name"), TakeLine("a global's name")); break;
            case Opcode.StackGlobal: PushStackGlobal(PopMany(2)); break;
            case Opcode.BinPersistentId: PushContainer(vocabulary.Persistent(Pop())); break;
            case Opcode.Reduce: Reduce(); break;
            case Opcode.NewObject: NewObject(PopMany(2)); break;
            case Opcode.NewObjectWithKeywords: NewObject(PopMany(3)); break;
            case Opcode.Build: Build(); break;

            default: throw Bad($"opcode 0x{(byte)opcode:X2} is not one that Python's pickler writes in protocols 1 to {NewestProtocol}");
        }
    }

    private void CheckProtocol(byte protocol)
    {
        if (protocol > NewestProtocol)
        {
            throw Bad($"the pickle is of protocol {protocol}; at most {NewestProtocol} is read");
        }
    }

    private void PushContainer(object? value)
    {
        if (--containersLeft < 0)
        {
            throw Bad($"the pickle builds more than {MaximumContainers} lists, tuples, dictionaries and objects");
        }

        stack.Add(value);
    }

    private void PushGlobal(string module, string name) => PushContainer(PickleGlobal.Find(module, name));

    private void PushStackGlobal(object?[] names)
    {
        if (names is not [string { Length: <= MaximumGlobalLength } module, string { Length: <= MaximumGlobalLength } name])
        {
            throw Bad($"a global's name is not two texts of at most {MaximumGlobalLength} letters");
        }

        PushGlobal(module, name);
    }

    private void Reduce()
    {
        var arguments = Pop();
        var callee = Pop();
        PushContainer((callee, arguments) switch
        {
            (PickleGlobal global, object?[] tuple) => vocabulary.Call(global, tuple),
            (PickleObject unknown, object?[]) => new PickleObject(unknown.TypeName),
            _ => throw Bad("something is called that is not a function, or without a tuple of arguments"),
        });
    }

    private void NewObject(object?[] parts) => PushContainer(parts switch
    {
        [PickleGlobal type, object?[] arguments, ..] => TensorVocabulary.NewObject(type, arguments),
        [PickleObject type, object?[], ..] => new PickleObject(type.TypeName),
        _ => throw Bad("an object is made of something that is not a class, or without a tuple of arguments"),
    });

    /// <summary>Attributes. Those of a dictionary are an OrderedDict's <c>_metadata</c>, module versions that say nothing about the tensors, and those of a tensor are somebody's notes.</summary>
    private void Build()
    {
        var state = Pop();
        switch (Top())
        {
            case PickleObject made: made.State = state; break;
            case NumPyArray array: array.Build(state); break;
            case NumPyDtype dtype: dtype.Build(state); break;
            case PickleDictionary when state is PickleDictionary or Array: break;
            case TensorReference or QuantisedTensor or List<object?>: break;
            default: throw Bad("attributes are set on something that has none");
        }
    }

    private void Append(object?[] items)
    {
        switch (Top())
        {
            case List<object?> list: list.AddRange(items); break;
            case PickleObject made: (made.Elements ??= []).AddRange(items); break;
            default: throw Bad("something is appended to what is not a list");
        }
    }

    private void SetItems(object?[] items)
    {
        var dictionary = Top() switch
        {
            PickleDictionary plain => plain,
            PickleObject made => made.Items ??= new PickleDictionary(),
            _ => null,
        };
        if (dictionary is null || items.Length % 2 != 0)
        {
            throw Bad("items are set on what is not a dictionary, or a key is without a value");
        }

        for (var i = 0; i < items.Length; i += 2)
        {
            if (!dictionary.TryAdd(items[i], items[i + 1], out var name))
            {
                throw Bad($"a dictionary has the key {Printable.Quote(name)} twice");
            }

            vocabulary.ChargeKey(name);
        }
    }

    private string TakeLine(string what)
    {
        var rest = pickle.AsSpan(at);
        var length = rest[..Math.Min(rest.Length, MaximumGlobalLength)].IndexOf((byte)'\n');
        if (length < 0)
        {
            throw Bad($"{what} does not end within {MaximumGlobalLength} bytes");
        }

        var line = Decode(Take(length));
        at++;
        return line;
    }

    /// <summary>Protocol 1's numbers as text, and its booleans: <c>01</c> and <c>00</c>. Python 2 ends a long with an L.</summary>
    private void PushNumberText(string text)
    {
        if (text is "01" or "00")
        {
            stack.Add(text == "01" ? True : False);
        }
        else
        {
            PushNumber(BigInteger.TryParse(text.TrimEnd('L'), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : throw Bad("a whole number is not one"));
        }
    }

    private BigInteger TakeNumber(long length)
    {
        var bytes = Take(length);
        return bytes.Length <= LongestNumber
            ? new BigInteger(bytes)
            : throw Bad($"a whole number has {bytes.Length} bytes; at most {LongestNumber} are read");
    }

    private void PushNumber(BigInteger number)
    {
        if (number >= long.MinValue && number <= long.MaxValue)
        {
            stack.Add((long)number);
        }
        else
        {
            stack.Add(number);
        }
    }

    private long TakeLength(int size)
    {
        var bytes = Take(size);
        return size switch
        {
            1 => bytes[0],
            4 => BinaryPrimitives.ReadUInt32LittleEndian(bytes),
            _ => BinaryPrimitives.ReadInt64LittleEndian(bytes) is >= 0 and var length ? length : throw Bad("it is cut off"),
        };
    }

    /// <summary>Python writes half a surrogate pair, and Python 2 any bytes at all: such a text is kept as well as UTF-8 can.</summary>
    private string TakeText(int size) => Encoding.UTF8.GetString(Take(TakeLength(size)));

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

    private void PushTuple(int count) => PushContainer(PopMany(count));

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
