using FsCheck;
using FsCheck.Fluent;

namespace Ndt.Tests.Fuzzing;

/// <summary>Properties of made values, tried with FsCheck: from the same seed as the changed files, made small where one fails.</summary>
internal static class Properties
{
    private const int Tries = 300;

    // SplitMix64 wants an odd one; any will do.
    private const ulong Gamma = 0x9E3779B97F4A7C15;

    /// <summary>Asserts that <paramref name="holds"/> throws for none of the values made.</summary>
    public static void ForAll<T>(Gen<T> values, Action<T> holds)
    {
        var config = Config.QuickThrowOnFailure.WithMaxTest(Tries).WithReplay(new Replay(new Rnd(unchecked((ulong)RunSeed.Value), Gamma), null));
        Check.One(config, Prop.ForAll(values.ToArbitrary(), holds));
    }

    /// <summary>Texts put together from pieces.</summary>
    public static Gen<string> Texts(params string[] pieces) => Gen.Elements(pieces).ListOf().Select(parts => string.Concat(parts));
}
