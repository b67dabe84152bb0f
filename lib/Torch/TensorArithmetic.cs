using TorchSharp;
using static TorchSharp.torch;

namespace Ndt.Torch;

/// <summary>
/// Arithmetic of tensors and numbers. TorchSharp's operators wrap a number, also the factor 1 of a plain sum, in an object that the garbage collector may take while
/// libtorch still reads it: one sum in some hundred thousand then ends with "Expected false to be true". Here the wrapper lives until the operation is over.
/// </summary>
/// <remarks>Names end in an underscore where the first tensor is changed, as PyTorch's do.</remarks>
internal static class TensorArithmetic
{
    private static readonly Scalar One = 1;

    /// <summary>a + b.</summary>
    public static Tensor Plus(this Tensor a, Tensor b) => a.add(b, One);

    /// <summary>a · factor.</summary>
    public static Tensor Times(this Tensor a, double factor)
    {
        using Scalar kept = factor;
        return a.mul(kept);
    }

    /// <summary>a ← a + b · factor.</summary>
    public static Tensor Add_(this Tensor a, Tensor b, double factor)
    {
        using Scalar kept = factor;
        return a.add_(b, kept);
    }

    /// <summary>a ← a + b.</summary>
    public static Tensor Add_(this Tensor a, Tensor b) => a.add_(b, One);

    /// <summary>a ← a + number.</summary>
    public static Tensor Add_(this Tensor a, double number)
    {
        using Scalar kept = number;
        return a.add_(kept, One);
    }

    /// <summary>a ← a · factor.</summary>
    public static Tensor Times_(this Tensor a, double factor)
    {
        using Scalar kept = factor;
        return a.mul_(kept);
    }

    /// <summary>a ← a / number.</summary>
    public static Tensor Over_(this Tensor a, double number)
    {
        using Scalar kept = number;
        return a.div_(kept);
    }

    /// <summary>a ← a + b · c · factor.</summary>
    public static Tensor AddProduct_(this Tensor a, Tensor b, Tensor c, double factor)
    {
        using Scalar kept = factor;
        return a.addcmul_(b, c, kept);
    }

    /// <summary>a ← a + b / c · factor.</summary>
    public static Tensor AddQuotient_(this Tensor a, Tensor b, Tensor c, double factor)
    {
        using Scalar kept = factor;
        return a.addcdiv_(b, c, kept);
    }

    /// <summary>A tensor of that shape and type that holds one number.</summary>
    public static Tensor Full(Tensor like, double number)
    {
        using Scalar kept = number;
        return full_like(like, kept);
    }
}
