using System.Text;

namespace Ndt.Tests.Rooms;

public sealed class MentionedTypesTests
{
    [Fact]
    public void Types_are_found_in_signatures_and_bodies_and_taken_apart()
    {
        var found = MentionedTypes.Of(typeof(Sample));
        Assert.Contains(typeof(Progress<>), found);
        Assert.Contains(typeof(List<>), found);
        Assert.Contains(typeof(Version), found);
        Assert.Contains(typeof(Uri), found);
        Assert.Contains(typeof(StringBuilder), found);
        Assert.Contains(typeof(TimeZoneInfo), found);
        Assert.Contains(typeof(FormatException), found);
        Assert.Contains(typeof(Guid), found);
        Assert.DoesNotContain(typeof(Random), found);
        Assert.DoesNotContain(found, type => type.HasElementType || type.IsGenericParameter);
    }

    [Fact]
    public void The_mentions_of_lambdas_and_iterators_are_in_the_types_that_the_compiler_nests()
    {
        var nested = typeof(Sample).GetNestedTypes(System.Reflection.BindingFlags.NonPublic);
        Assert.Contains(nested, type => MentionedTypes.Of(type).Contains(typeof(Random)));
    }

    private sealed class Sample : Progress<int>
    {
        public List<Version[]> Field = [];

        public static Uri? Method(ref int number)
        {
            try
            {
                // A jump table, an eight-byte operand and a two-byte code lie between the mentions.
                number = number switch { 0 => 5, 1 => 6, 2 => 9, 3 => 12, 4 => 2, _ => new StringBuilder().Length };
                number += (int)Math.Max(0.5, long.MaxValue) + (number > TimeZoneInfo.Local.Id.Length ? 1 : 0);
                return null;
            }
            catch (FormatException)
            {
                return Activator.CreateInstance<Guid>() == default ? null : throw new InvalidOperationException();
            }
        }

        public static Func<int> Later() => () => new Random(1).Next();
    }
}
