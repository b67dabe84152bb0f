using System.Reflection;
using TorchSharp;
using Xunit.v3;

[assembly: Ndt.Tests.TensorScope]

namespace Ndt.Tests;

/// <summary>
/// A dispose scope around every test. TorchSharp hands a tensor's address to libtorch and lets go of the tensor: in <c>randn(3).sum()</c> nothing holds the first
/// one while libtorch adds it up, and a collection at that moment, which any test beside this one may cause, ends the process.
/// </summary>
[AttributeUsage(AttributeTargets.Assembly)]
internal sealed class TensorScopeAttribute : BeforeAfterTestAttribute
{
    // Scopes belong to threads, and a test that waits may go on in another one.
    private static readonly ThreadLocal<DisposeScope?> Scope = new();

    /// <inheritdoc/>
    public override void Before(MethodInfo methodUnderTest, IXunitTest test) =>
        Scope.Value = methodUnderTest.ReturnType == typeof(void) ? torch.NewDisposeScope() : null;

    /// <inheritdoc/>
    public override void After(MethodInfo methodUnderTest, IXunitTest test)
    {
        if (methodUnderTest.ReturnType == typeof(void))
        {
            Assert.NotNull(Scope.Value);
            Scope.Value.Dispose();
            Scope.Value = null;
        }
    }
}
