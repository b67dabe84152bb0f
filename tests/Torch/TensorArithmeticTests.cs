using System.Reflection;
using Ndt.Measurement;
using Ndt.Torch;
using TorchSharp;
using static TorchSharp.torch;

namespace Ndt.Tests.Torch;

public sealed class TensorArithmeticTests
{
    // Operators of tensors that wrap a number, or the factor 1, in an object that the garbage collector may take too soon.
    private static readonly string[] WithHiddenNumber = ["op_Addition", "add", "add_"];

    [Fact]
    public void The_library_gives_no_number_to_libtorch_but_through_what_keeps_it_alive()
    {
        var found = typeof(ActivationTracker).Assembly.GetTypes().Where(type => type.Name != "TensorArithmetic")
            .SelectMany(type => type.GetMethods(BindingFlags.DeclaredOnly | BindingFlags.Static | BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic))
            .SelectMany(method => Called(method).Where(IsHazard).Select(called => $"{method.DeclaringType}.{method.Name} calls {called.DeclaringType!.Name}.{called.Name}"));
        Assert.Empty(found);
    }

    [Fact]
    public void Results_are_those_of_the_operators()
    {
        using var scope = NewDisposeScope();
        var (a, b, c) = (rand(5), rand(5), rand(5) + 1);
        Equal(a + b, a.Plus(b));
        Equal(a * 0.3, a.Times(0.3));
        Equal(a + b, a.clone().Add_(b));
        Equal(a + (b * 0.3), a.clone().Add_(b, 0.3));
        Equal(a + 0.3, a.clone().Add_(0.3));
        Equal(a * 0.3, a.clone().Times_(0.3));
        Equal(a / 0.3, a.clone().Over_(0.3));
        Equal(a + (b * c * 0.3), a.clone().AddProduct_(b, c, 0.3));
        Equal(a + (b / c * 0.3), a.clone().AddQuotient_(b, c, 0.3));
        Equal(zeros(5) + 0.3, TensorArithmetic.Full(a, 0.3));

        static void Equal(Tensor expected, Tensor actual) => Assert.True(expected.allclose(actual, 1e-6, 0));
    }

    private static bool IsHazard(MethodBase called) =>
        (called.DeclaringType == typeof(Scalar) && called.Name == "op_Implicit")
        || (called.DeclaringType == typeof(Tensor) && ((WithHiddenNumber.Contains(called.Name) && called.GetParameters().All(parameter => parameter.ParameterType == typeof(Tensor)))
            || (called.Name.StartsWith("op_", StringComparison.Ordinal) && called.Name != "op_Implicit" && called.GetParameters().Any(parameter => parameter.ParameterType.IsPrimitive || parameter.ParameterType == typeof(Scalar)))));

    // What its code calls: the instructions call and callvirt with their method's token.
    private static IEnumerable<MethodBase> Called(MethodInfo method)
    {
        var code = method.GetMethodBody()?.GetILAsByteArray() ?? [];
        for (var i = 0; i + 5 <= code.Length; i++)
        {
            if (code[i] is 0x28 or 0x6F && Resolved(method, BitConverter.ToInt32(code, i + 1)) is { } called)
            {
                yield return called;
            }
        }
    }

    // Some of the bytes are no instruction, and what follows them no token.
    private static MethodBase? Resolved(MethodInfo method, int token)
    {
        try
        {
            return method.Module.ResolveMethod(token, method.DeclaringType?.GetGenericArguments(), method.GetGenericArguments());
        }
        catch (Exception e) when (e is ArgumentException or BadImageFormatException or TypeLoadException or FileNotFoundException)
        {
            return null;
        }
    }
}
