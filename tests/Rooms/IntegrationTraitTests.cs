using System.Diagnostics;
using System.Reflection;
using System.Runtime.CompilerServices;
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

    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static readonly Assembly Tests = typeof(IntegrationTraitTests).Assembly;

    public static TheoryData<string> ClassesThatReachOutside => [.. Tests.GetTypes().Where(type => IsTestClass(type) && ReachesOutside(type, [])).Select(type => type.FullName!)];

    [Theory]
    [MemberData(nameof(ClassesThatReachOutside))]
    public void A_class_that_reaches_outside_of_the_process_marks_its_integration_tests(string name)
    {
        var type = Tests.GetType(name, throwOnError: true)!;
        var start = string.Join(" or ", Outside.Select(each => each.Name));
        Assert.True(
            IsMarked(type) || type.GetMethods().Any(IsMarked),
            $"""{name} reaches {start}: mark it, or its methods that do, with [Trait("Category", "Integration")]""");
        if (!IsMarked(type))
        {
            string[] unmarked = [.. type.GetMethods().Where(method => method.IsDefined(typeof(FactAttribute)) && !IsMarked(method) && ReachesOutside(method)).Select(method => method.Name)];
            Assert.True(unmarked.Length == 0, $"""{name}: {string.Join(", ", unmarked)} reach {start}: mark them with [Trait("Category", "Integration")]""");
        }
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

    // Through what the test calls, hands on or waits for in the tests' own code, and through what the objects it uses are made with.
    private static bool ReachesOutside(MethodBase test)
    {
        var seen = new HashSet<MemberInfo>();
        var open = new Stack<MethodBase>([test, .. test.DeclaringType!.GetConstructors()]);
        while (open.TryPop(out var method))
        {
            if (!seen.Add(method))
            {
                continue;
            }

            if (MentionedTypes.InSignature(method).Overlaps(Outside))
            {
                return true;
            }

            if (method.DeclaringType?.Assembly != Tests)
            {
                continue;
            }

            // An async method or an iterator only starts the machine that the compiler has made of its body.
            foreach (var step in method.GetCustomAttribute<StateMachineAttribute>()?.StateMachineType.GetMethods(Declared) ?? [])
            {
                open.Push(step);
            }

            foreach (var member in MentionedTypes.InBody(method))
            {
                if (Outside.Contains(member))
                {
                    return true;
                }

                // Static fields are filled by their type's initialiser.
                var called = member as MethodBase ?? (member as FieldInfo)?.DeclaringType?.TypeInitializer;
                if (called is not null)
                {
                    open.Push(called);
                }

                if (called?.DeclaringType?.TypeInitializer is { } initialiser)
                {
                    open.Push(initialiser);
                }
            }
        }

        return false;
    }

    private static bool IsMarked(MemberInfo member) => member.GetCustomAttributes<TraitAttribute>().Any(trait => trait is { Name: "Category", Value: "Integration" });
}
