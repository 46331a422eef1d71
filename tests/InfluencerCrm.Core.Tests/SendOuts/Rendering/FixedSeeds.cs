using CsCheck;

namespace InfluencerCrm.Core.Tests.SendOuts.Rendering;

/// <summary>CsCheck's <c>Sample</c> takes its seed for the first case only; here every case is the same on each run.</summary>
internal static class FixedSeeds
{
    public static void Always<T>(this Gen<T> cases, int count, Func<T, bool> holds)
    {
        for (var i = 0; i < count; i++)
        {
            var random = new PCG(1, (ulong)i * 0x9E3779B97F4A7C15);
            var seed = random.ToString();
            var value = cases.Generate(random, null, out _);

            Assert.True(holds(value), $"Case {i} does not hold; to shrink it: Sample(…, seed: \"{seed}\"). {value}");
        }
    }
}
