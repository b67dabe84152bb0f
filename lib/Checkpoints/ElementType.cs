namespace Ndt.Checkpoints;

/// <summary>What a tensor's elements are, under the names of the safetensors format.</summary>
public enum ElementType
{
    /// <summary>IEEE 754 binary64.</summary>
    F64,

    /// <summary>IEEE 754 binary32.</summary>
    F32,

    /// <summary>IEEE 754 binary16.</summary>
    F16,

    /// <summary>The upper half of a binary32.</summary>
    BF16,

    /// <summary>Signed 64-bit integer.</summary>
    I64,

    /// <summary>Signed 32-bit integer.</summary>
    I32,

    /// <summary>Signed 16-bit integer.</summary>
    I16,

    /// <summary>Signed 8-bit integer.</summary>
    I8,

    /// <summary>Unsigned 8-bit integer.</summary>
    U8,

    /// <summary>One byte, 0 or 1.</summary>
    Bool,

    /// <summary>Unsigned 16-bit integer.</summary>
    U16,

    /// <summary>Unsigned 32-bit integer.</summary>
    U32,

    /// <summary>Unsigned 64-bit integer.</summary>
    U64,

    /// <summary>OCP 8-bit floating point with 5 bits of exponent: the upper half of a binary16.</summary>
    F8E5M2,

    /// <summary>OCP 8-bit floating point with 4 bits of exponent, bias 7, no infinities (PyTorch's <c>float8_e4m3fn</c>).</summary>
    F8E4M3,

    /// <summary>Two binary32: a complex number. Read and written, but not computed with.</summary>
    C64,

    /// <summary>Two binary64: a complex number. Read and written, but not computed with.</summary>
    C128,

    /// <summary>Another type, named by <see cref="NamedTensor.TypeName"/>. Listed, and kept as bytes.</summary>
    Other,
}
