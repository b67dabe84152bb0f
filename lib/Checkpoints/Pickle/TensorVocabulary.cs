using System.Numerics;
using System.Runtime.InteropServices;
using System.Text;

namespace Ndt.Checkpoints.Pickle;

/// <summary>
/// Gives persistent ids and calls of known names their meaning: storages, views of them, and plain values. A call of any other
/// name becomes a <see cref="PickleObject"/>.
/// </summary>
/// <param name="file">The file, for messages.</param>
/// <param name="findStorage">The storage of that key, element type and number of elements, checked to be there whole.</param>
/// <param name="pickleLength">How long the pickle is.</param>
internal sealed class TensorVocabulary(UntrustedFile file, Func<string, ElementType, long, StorageReference> findStorage, long pickleLength)
{
    private const int MostPathParts = 64;

    // What a call copies may be copied again by the next, through the memo, at the cost of two bytes of the pickle.
    private long copiesLeft = Math.Max(3 * pickleLength, 32 << 20);

    // A key is hashed for each dictionary that it comes into, and gets there through the memo at the same cost.
    private long keysLeft = Math.Max(64 * pickleLength, 64 << 20);

    // Python 2 has an array's bytes in a text: one letter a byte.
    internal static byte[] Latin1(string text) => Encoding.Latin1.GetBytes(text);

    /// <summary>
    /// The storage of the tuple <c>('storage', torch.FloatStorage, key, location, elements)</c>, with a sixth part in the format from
    /// before 1.6; the class of <c>('module', class, source file, source)</c>, which that format has, too.
    /// </summary>
    public object? Persistent(object? persistentId)
    {
        switch (persistentId)
        {
            case object?[] and ["storage", PickleGlobal { IsStorage: true } global, string key, string, long elements, .. var view]:
                if (view is not ([] or [null]))
                {
                    throw file.Bad($"the storage {Printable.Quote(key)} is a part of another, which only PyTorch before 0.4 wrote; load it there and save it again with torch.save");
                }

                return global.Kind switch
                {
                    PickleGlobalKind.Storage => findStorage(key, global.Type!.Value, elements),
                    PickleGlobalKind.UntypedStorage => findStorage(key, ElementType.U8, elements),
                    _ => new PickleObject(global.Name),
                };
            case object?[] and ["module", PickleGlobal module, _, _]:
                return module;
            default:
                throw file.Bad("the pickle holds a persistent id that is not ('storage', type, key, location, elements)");
        }
    }

    /// <summary>What calling <paramref name="callee"/> with <paramref name="arguments"/> builds.</summary>
    public object? Call(PickleGlobal callee, object?[] arguments) => (callee.Kind, arguments) switch
    {
        (PickleGlobalKind.Unknown, _) => new PickleObject(Described(callee.Name, arguments)),
        (PickleGlobalKind.Dictionary, _) when ToDictionary(callee, arguments) is { } dictionary => dictionary,
        (PickleGlobalKind.List, []) => new List<object?>(),
        (PickleGlobalKind.List, [IList<object?> items, ..]) => new List<object?>(Copied(items)),
        (PickleGlobalKind.Tuple, []) => Array.Empty<object?>(),
        (PickleGlobalKind.Tuple, [IList<object?> items]) => Copied(items),
        (PickleGlobalKind.Bytes, []) => Array.Empty<byte>(),
        (PickleGlobalKind.Bytes, [byte[] bytes]) => bytes,
        (PickleGlobalKind.Bytes or PickleGlobalKind.Encode, [string text, "latin1" or "latin-1"]) => Encoded(text),
        (PickleGlobalKind.Complex, [double real, double imaginary]) => PythonText.Of(real, imaginary),
        (PickleGlobalKind.Device, [string { Length: < 100 } kind]) => kind,
        (PickleGlobalKind.Device, [string { Length: < 100 } kind, long index]) => $"{kind}:{index}",
        (PickleGlobalKind.Path, _) when PathOf(arguments) is { } path => path,
        (PickleGlobalKind.NewObject, [PickleGlobal type, .. var others]) => NewObject(type, others),
        (PickleGlobalKind.RebuildParameter, [TensorReference or QuantisedTensor or NumPyArray or PickleObject, ..]) => arguments[0],
        (PickleGlobalKind.RebuildFromNumPy, [TensorReference or NumPyArray or PickleObject, ..]) => arguments[0],
        (PickleGlobalKind.RebuildFromType, [PickleGlobal rebuild, _, object?[] its, ..]) when rebuild.Kind != PickleGlobalKind.RebuildFromType => Call(rebuild, its),
        (PickleGlobalKind.RebuildTensor, [_, _, _, _, _, _, PickleDictionary metadata, ..]) when IsFlagged(metadata) => new PickleObject("a tensor stored negated or conjugated"),
        (PickleGlobalKind.RebuildTypedTensor, [_, _, _, _, _, _, _, PickleDictionary metadata, ..]) when IsFlagged(metadata) => new PickleObject("a tensor stored negated or conjugated"),
        (PickleGlobalKind.RebuildTensor, [StorageReference storage, long offset, object?[] shape, object?[] strides, ..]) => Tensor(storage, offset, Longs(shape), Longs(strides)),
        (PickleGlobalKind.RebuildTypedTensor, [StorageReference storage, long offset, object?[] shape, object?[] strides, _, _, PickleGlobal { Kind: PickleGlobalKind.Dtype } dtype, ..]) =>
            Tensor(storage.As(dtype.Type!.Value) ?? throw file.Bad($"a storage of {storage.Elements} bytes does not hold whole elements of {dtype.Name}"), offset, Longs(shape), Longs(strides)),
        (PickleGlobalKind.RebuildTypedTensor, [StorageReference, long, object?[], object?[], _, _, PickleGlobal dtype, ..]) => new PickleObject($"a tensor of {dtype.Name}"),
        (PickleGlobalKind.RebuildTensor or PickleGlobalKind.RebuildTypedTensor, [PickleObject unknown, ..]) => new PickleObject($"a tensor of {unknown.TypeName}"),
        (PickleGlobalKind.RebuildQuantised, [StorageReference storage, long offset, object?[] shape, object?[] strides, object?[] quantiser, ..])
            when QuantisedTensor.Of(Tensor(storage, offset, Longs(shape), Longs(strides)), quantiser) is { } quantised => quantised,
        (PickleGlobalKind.RebuildQuantised, [PickleObject unknown, ..]) => new PickleObject($"a quantised tensor of {unknown.TypeName}"),
        (PickleGlobalKind.RebuildQuantised, _) => new PickleObject("a quantised tensor"),
        (PickleGlobalKind.NumPyDtype, [string { Length: > 0 and < 100 } code, ..]) => new NumPyDtype(code),
        (PickleGlobalKind.NumPyReconstruct, [PickleGlobal, ..]) => new NumPyArray(this),
        (PickleGlobalKind.NumPyFromBuffer, [_, NumPyDtype dtype, object?[] shape, string order]) => ArrayOf(arguments[0], dtype, shape, order is "F"),
        (PickleGlobalKind.NumPyScalar, [NumPyDtype dtype, var content]) => Scalar(dtype, content),
        (PickleGlobalKind.Dictionary or PickleGlobalKind.List or PickleGlobalKind.Tuple or PickleGlobalKind.Storage or PickleGlobalKind.UntypedStorage or PickleGlobalKind.Dtype
            or PickleGlobalKind.RebuildTensor or PickleGlobalKind.RebuildTypedTensor or PickleGlobalKind.RebuildParameter or PickleGlobalKind.RebuildFromType or PickleGlobalKind.RebuildFromNumPy, _) =>
            throw file.Bad($"the pickle calls {Printable.Quote(callee.Name)} with {arguments.Length} arguments that do not fit it"),
        _ => new PickleObject(callee.Name),
    };

    /// <summary>An object of a class, without its constructor called.</summary>
    public static object NewObject(PickleGlobal type, object?[] arguments) => type.Kind switch
    {
        PickleGlobalKind.Dictionary => new PickleDictionary(),
        PickleGlobalKind.List => new List<object?>(),
        PickleGlobalKind.Tuple when arguments is [object?[] items] => items,
        _ => new PickleObject(type.Name) { Arguments = arguments },
    };

    /// <summary>A tensor that is not stored as plain numbers is named by what it is.</summary>
    private static string Described(string callee, object?[] arguments) => callee switch
    {
        "torch._utils._rebuild_meta_tensor_no_storage" => "a tensor without data, of the device meta",
        "torch._utils._rebuild_sparse_tensor" or "torch._utils._rebuild_sparse_csr_tensor" => $"a sparse tensor{ShapeOf(arguments)}",
        _ => callee,
    };

    /// <summary>PyTorch 2 leaves the bytes as they are, and says so, where a tensor is the negative or the conjugate of another.</summary>
    private static bool IsFlagged(PickleDictionary metadata) => metadata.Find("neg") is true || metadata.Find("conj") is true;

    private static string ShapeOf(object?[] arguments) =>
        arguments is [_, object?[] { Length: <= 8 } parts] && parts.OfType<object?[]>().FirstOrDefault(part => part.Length is > 0 and <= TensorReference.MaximumDimensions && part.All(size => size is long)) is { } shape ? $" [{string.Join(", ", shape)}]" : "";

    private object?[] Copied(IList<object?> items)
    {
        Charge(items.Count * (long)IntPtr.Size);
        return [.. items];
    }

    private object Encoded(string text)
    {
        Charge(text.Length);
        return text.All(letter => letter <= byte.MaxValue) ? Latin1(text) : new PickleObject("_codecs.encode");
    }

    private string? PathOf(object?[] parts)
    {
        if (parts.Length > MostPathParts || !parts.All(part => part is string))
        {
            return null;
        }

        Charge(parts.Sum(part => (long)((string)part!).Length));
        return string.Join('/', parts).Replace("//", "/", StringComparison.Ordinal);
    }

    /// <summary>Counts what is about to be copied.</summary>
    /// <exception cref="InputException">It is too much in all.</exception>
    public void Charge(long bytes)
    {
        copiesLeft -= bytes;
        if (copiesLeft < 0)
        {
            throw file.Bad("the pickle copies the same values again and again");
        }
    }

    /// <summary>Counts the key of a dictionary.</summary>
    /// <exception cref="InputException">They are too long in all.</exception>
    public void ChargeKey(string name)
    {
        keysLeft -= name.Length;
        if (keysLeft < 0)
        {
            throw file.Bad("the keys of the pickle's dictionaries unfold out of all proportion");
        }
    }

    private NumPyArray ArrayOf(object? content, NumPyDtype dtype, object?[] shape, bool isColumnMajor)
    {
        var array = new NumPyArray(this);
        array.Set(content, dtype, shape, isColumnMajor);
        return array;
    }

    private static object? Scalar(NumPyDtype dtype, object? content)
    {
        var length = (content as byte[])?.Length ?? (content as string)?.Length;
        if (dtype.Type is not { } type || length != type.Size())
        {
            return new PickleObject(dtype.ToString());
        }

        var bytes = content as byte[] ?? Latin1((string)content!);
        var tensor = new NamedTensor("scalar", type, [], dtype.LittleEndian(bytes));
        return type switch
        {
            ElementType.Bool => tensor[0] != 0,
            ElementType.U64 => tensor.Values<ulong>()[0] is var large && large <= long.MaxValue ? (object)(long)large : (BigInteger)large,
            ElementType.I64 => tensor.Values<long>()[0],
            ElementType.I32 or ElementType.I16 or ElementType.I8 or ElementType.U8 or ElementType.U16 or ElementType.U32 => (long)tensor[0],
            ElementType.C64 => PythonText.Of(MemoryMarshal.Cast<byte, float>(tensor.Bytes.Span)[0], MemoryMarshal.Cast<byte, float>(tensor.Bytes.Span)[1]),
            ElementType.C128 => PythonText.Of(MemoryMarshal.Cast<byte, double>(tensor.Bytes.Span)[0], MemoryMarshal.Cast<byte, double>(tensor.Bytes.Span)[1]),
            _ => tensor[0],
        };
    }

    /// <summary>OrderedDict of pairs, Counter of a dictionary, defaultdict of what makes its values.</summary>
    private PickleDictionary? ToDictionary(PickleGlobal callee, object?[] arguments)
    {
        if (arguments is [PickleDictionary source])
        {
            return source;
        }

        var dictionary = new PickleDictionary();
        if (arguments is [IList<object?> pairs])
        {
            Charge(pairs.Count * 100L);
            foreach (var pair in pairs)
            {
                if (pair is not IList<object?> { Count: 2 } both || !dictionary.TryAdd(both[0], both[1], out var name))
                {
                    return null;
                }

                ChargeKey(name);
            }

            return dictionary;
        }

        var isDefault = callee.Name == "collections.defaultdict" && arguments is [PickleGlobal or PickleObject or null];
        return arguments.Length == 0 || isDefault ? dictionary : null;
    }

    private TensorReference Tensor(StorageReference storage, long offset, long[] shape, long[] strides) =>
        TensorReference.Complaint(storage, offset, shape, strides) is { } complaint
            ? throw file.Bad(complaint)
            : new TensorReference(storage, offset, [.. shape], [.. strides]);

    private long[] Longs(object?[] items) =>
        System.Array.ConvertAll(items, item => item is long value ? value : throw file.Bad("a tensor's size or stride is not a whole number"));
}
