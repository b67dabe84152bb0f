using System.Diagnostics;
using System.Reflection;
using Ndt.Cli.Browser;
using Ndt.Cli.Commands;
using Ndt.Cli.Notebooks.Execution;
using Ndt.Data.Fetching;

namespace Ndt.Tests.Rooms;

/// <summary>
/// Tests that start a process, a browser or Python, or run a notebook's cells, carry <c>[Trait("Category", "Integration")]</c> at the class or at the
/// method, so that all others are the unit tests: <c>dotnet test --filter Category!=Integration</c>.
/// </summary>
public sealed class IntegrationTraitTests
{
    private static readonly Type[] Outside = [typeof(Process), typeof(ExternalTool), typeof(Chromium), typeof(FigureImages), typeof(NotebookSession), typeof(ReproduceCommand)];

    private static readonly Assembly Tests = typeof(IntegrationTraitTests).Assembly;

    public static TheoryData<string> ClassesThatReachOutside => [.. Tests.GetTypes().Where(type => IsTestClass(type) && ReachesOutside(type, [])).Select(type => type.FullName!)];

    [Theory]
    [MemberData(nameof(ClassesThatReachOutside))]
    public void A_class_that_reaches_outside_of_the_process_marks_its_integration_tests(string name)
    {
        var type = Tests.GetType(name, throwOnError: true)!;
        Assert.True(
            IsMarked(type) || type.GetMethods().Any(IsMarked),
            $"""{name} reaches {string.Join(" or ", Outside.Select(each => each.Name))}: mark it, or its methods that do, with [Trait("Category", "Integration")]""");
    }

    // This class names what starts things only to look for it.
    private static bool IsTestClass(Type type) => type != typeof(IntegrationTraitTests) && type.GetMethods().Any(method => method.IsDefined(typeof(FactAttribute)));

    // Through the helpers of the tests, and through what the compiler nests for lambdas and async methods.
    private static bool ReachesOutside(Type type, HashSet<Type> seen)
    {
        if (!seen.Add(type))
        {
            return false;
        }

        var mentioned = MentionedTypes.Of(type);
        return mentioned.Overlaps(Outside)
            || mentioned.Where(each => each.Assembly == Tests).Concat(type.GetNestedTypes(BindingFlags.Public | BindingFlags.NonPublic)).Any(each => ReachesOutside(each, seen));
    }

    private static bool IsMarked(MemberInfo member) => member.GetCustomAttributes<TraitAttribute>().Any(trait => trait is { Name: "Category", Value: "Integration" });
}
