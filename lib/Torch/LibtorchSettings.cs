using System.Runtime.InteropServices;
using TorchSharp;

namespace Ndt.Torch;

/// <summary>
/// Settings of libtorch for which TorchSharp 0.107 has no working call (its <c>use_deterministic_algorithms</c> only throws), made
/// through the functions of <c>at::Context</c> that libtorch exports (ATen/Context.h; names as the Itanium C++ ABI mangles them).
/// </summary>
internal static unsafe class LibtorchSettings
{
    private const string GlobalContext = "_ZN2at13globalContextEv";

    /// <summary>
    /// Whether libtorch uses only algorithms that give the same bits each time, and throws where an operation has none (PyTorch's
    /// <c>torch.use_deterministic_algorithms</c> with cuDNN's deterministic kernels and without its benchmark). Throws
    /// <see cref="WorkFailedException"/> where this libtorch has no such function.
    /// </summary>
    public static bool Deterministic
    {
        get => Ask("_ZNK2at7Context23deterministicAlgorithmsEv");
        set
        {
            // Algorithms: (deterministic, only warn). Memory that is about to be written need not be filled first.
            ((delegate* unmanaged<nint, byte, byte, void>)Export("_ZN2at7Context26setDeterministicAlgorithmsEbb"))(Context, AsByte(value), 0);
            Tell("_ZN2at7Context39setDeterministicFillUninitializedMemoryEb", false);
            Tell("_ZN2at7Context21setDeterministicCuDNNEb", value);
            Tell("_ZN2at7Context17setBenchmarkCuDNNEb", false);
        }
    }

    /// <summary>Keeps float32 products in float32: by default cuDNN rounds the factors of convolutions to 10 bits (TF32) on Ampere and later.</summary>
    public static void UseFullSinglePrecision()
    {
        torch.backends.cuda.matmul.allow_tf32 = false;
        torch.backends.cudnn.allow_tf32 = false;
    }

    private static nint Context => ((delegate* unmanaged<nint>)Export(GlobalContext))();

    private static bool Ask(string function) => ((delegate* unmanaged<nint, byte>)Export(function))(Context) != 0;

    private static void Tell(string function, bool value) => ((delegate* unmanaged<nint, byte, void>)Export(function))(Context, AsByte(value));

    private static byte AsByte(bool value) => value ? (byte)1 : (byte)0;

    private static nint Export(string function)
    {
        var library = TorchNative.Library;
        return library != 0 && NativeLibrary.TryGetExport(library, function, out var address)
            ? address
            : throw new WorkFailedException($"libtorch_cpu.so: has no function {function}, which sets deterministic algorithms; Ndt knows it in libtorch 2.10 on Linux");
    }
}
