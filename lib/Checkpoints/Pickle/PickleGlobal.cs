namespace Ndt.Checkpoints.Pickle;

/// <summary>
/// A Python name in a pickle. Nothing is imported or called: some names are words of our own vocabulary, and every other is a
/// placeholder.
/// </summary>
/// <param name="Kind">What the name stands for.</param>
/// <param name="Name">Module and name, joined with a dot.</param>
/// <param name="Type">The elements of a storage or a dtype.</param>
internal sealed record PickleGlobal(PickleGlobalKind Kind, string Name, ElementType? Type = null)
{
    /// <summary>Whether the name is a storage class of PyTorch's, known or not.</summary>
    public bool IsStorage => Kind is PickleGlobalKind.Storage or PickleGlobalKind.UntypedStorage
        || (Kind == PickleGlobalKind.Unknown && Name.StartsWith("torch.", StringComparison.Ordinal) && Name.EndsWith("Storage", StringComparison.Ordinal));

    /// <summary>The global of that module and name.</summary>
    public static PickleGlobal Find(string module, string name)
    {
        var full = $"{module}.{name}";
        return module switch
        {
            "torch" or "torch.cuda" when ElementTypes.FromStorageName(name) is { } type => new PickleGlobal(PickleGlobalKind.Storage, full, type),
            "torch" when ElementTypes.FromDtypeName(name) is { } type => new PickleGlobal(PickleGlobalKind.Dtype, full, type),
            _ => new PickleGlobal(KindOf(module, name), full),
        };
    }

    private static PickleGlobalKind KindOf(string module, string name) => (module, name) switch
    {
        ("collections", "OrderedDict" or "Counter" or "defaultdict") or ("builtins" or "__builtin__", "dict") => PickleGlobalKind.Dictionary,
        ("collections", "deque") or ("builtins" or "__builtin__", "list" or "set" or "frozenset") => PickleGlobalKind.List,
        ("torch", "Size") or ("builtins" or "__builtin__", "tuple") => PickleGlobalKind.Tuple,
        ("builtins" or "__builtin__", "bytes" or "bytearray") => PickleGlobalKind.Bytes,
        ("builtins" or "__builtin__", "complex") => PickleGlobalKind.Complex,
        ("_codecs", "encode") => PickleGlobalKind.Encode,
        ("torch", "device") => PickleGlobalKind.Device,
        ("pathlib" or "pathlib._local", "Path" or "PosixPath" or "WindowsPath" or "PurePath" or "PurePosixPath" or "PureWindowsPath") => PickleGlobalKind.Path,
        ("copyreg" or "copy_reg", "_reconstructor" or "__newobj__" or "__newobj_ex__") => PickleGlobalKind.NewObject,
        ("torch._utils", "_rebuild_tensor" or "_rebuild_tensor_v2") => PickleGlobalKind.RebuildTensor,
        ("torch._utils", "_rebuild_tensor_v3") => PickleGlobalKind.RebuildTypedTensor,
        ("torch._utils", "_rebuild_parameter" or "_rebuild_parameter_with_state") => PickleGlobalKind.RebuildParameter,
        ("torch._utils", "_rebuild_device_tensor_from_numpy" or "_rebuild_device_tensor_from_cpu_tensor" or "_rebuild_xla_tensor") => PickleGlobalKind.RebuildFromNumPy,
        ("torch._tensor" or "torch.tensor", "_rebuild_from_type" or "_rebuild_from_type_v2") => PickleGlobalKind.RebuildFromType,
        ("torch" or "torch.storage", "UntypedStorage" or "_UntypedStorage") => PickleGlobalKind.UntypedStorage,
        ("numpy", "dtype") => PickleGlobalKind.NumPyDtype,
        ("numpy.core.multiarray" or "numpy._core.multiarray", "_reconstruct") => PickleGlobalKind.NumPyReconstruct,
        ("numpy.core.multiarray" or "numpy._core.multiarray", "scalar") => PickleGlobalKind.NumPyScalar,
        ("numpy.core.numeric" or "numpy._core.numeric", "_frombuffer") => PickleGlobalKind.NumPyFromBuffer,
        _ => PickleGlobalKind.Unknown,
    };
}
