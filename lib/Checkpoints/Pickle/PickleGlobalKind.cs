namespace Ndt.Checkpoints.Pickle;

/// <summary>What a Python name in a pickle stands for.</summary>
internal enum PickleGlobalKind
{
    /// <summary>Any other name: a placeholder that nothing calls.</summary>
    Unknown,

    /// <summary><c>dict</c>, <c>collections.OrderedDict</c>, <c>Counter</c> or <c>defaultdict</c>.</summary>
    Dictionary,

    /// <summary><c>list</c>, <c>set</c>, <c>frozenset</c> or <c>collections.deque</c>.</summary>
    List,

    /// <summary><c>tuple</c> or <c>torch.Size</c>: its tuple.</summary>
    Tuple,

    /// <summary><c>bytes</c> or <c>bytearray</c>.</summary>
    Bytes,

    /// <summary><c>_codecs.encode</c>, by which protocol 2 writes bytes as text.</summary>
    Encode,

    /// <summary><c>complex</c>: the text that Python prints.</summary>
    Complex,

    /// <summary><c>torch.device</c>: its text.</summary>
    Device,

    /// <summary>A class of <c>pathlib</c>: its text.</summary>
    Path,

    /// <summary><c>copyreg._reconstructor</c> and <c>__newobj__</c>: an object without its constructor called.</summary>
    NewObject,

    /// <summary><c>torch._utils._rebuild_tensor_v2</c>: a strided view of a storage.</summary>
    RebuildTensor,

    /// <summary><c>torch._utils._rebuild_tensor_v3</c>: a strided view of bytes, with its type.</summary>
    RebuildTypedTensor,

    /// <summary><c>torch._utils._rebuild_parameter</c> and <c>_rebuild_parameter_with_state</c>: its tensor.</summary>
    RebuildParameter,

    /// <summary><c>torch._tensor._rebuild_from_type_v2</c>: a tensor of a subclass or with attributes.</summary>
    RebuildFromType,

    /// <summary><c>torch._utils._rebuild_device_tensor_from_numpy</c>: an array of NumPy's that stands for a tensor of another device.</summary>
    RebuildFromNumPy,

    /// <summary><c>torch.FloatStorage</c> and its like: an element type within a persistent id.</summary>
    Storage,

    /// <summary><c>torch.UntypedStorage</c>: plain bytes within a persistent id.</summary>
    UntypedStorage,

    /// <summary><c>torch.float32</c> and its like.</summary>
    Dtype,

    /// <summary><c>numpy.dtype</c>.</summary>
    NumPyDtype,

    /// <summary><c>numpy.core.multiarray._reconstruct</c>: an array whose state follows.</summary>
    NumPyReconstruct,

    /// <summary><c>numpy.core.numeric._frombuffer</c>: an array, since protocol 5.</summary>
    NumPyFromBuffer,

    /// <summary><c>numpy.core.multiarray.scalar</c>.</summary>
    NumPyScalar,
}
