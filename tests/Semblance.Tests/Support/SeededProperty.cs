using FsCheck;
using FsCheck.Fluent;
using Microsoft.FSharp.Core;

namespace Semblance.Tests.Support;

/// <summary>Checks a property on random cases; the seed is fixed and part of FsCheck's report.</summary>
internal static class SeededProperty
{
    private const ulong Seed = 20261124,
        Gamma = 20261125;

    public static void Check<T>(Gen<T> cases, Action<T> property, int count = 200)
    {
        Config config = Config
            .QuickThrowOnFailure.WithReplay(FSharpOption<Replay>.Some(new Replay(new Rnd(Seed, Gamma), FSharpOption<int>.None)))
            .WithMaxTest(count);
        FsCheck.Check.One(config, Prop.ForAll(cases.ToArbitrary(), property));
    }
}
