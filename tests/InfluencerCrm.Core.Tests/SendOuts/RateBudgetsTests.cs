using InfluencerCrm.Core.Access;
using InfluencerCrm.Core.SendOuts;
using InfluencerCrm.Core.SendOuts.Dispatch;
using InfluencerCrm.TestKit;

namespace InfluencerCrm.Core.Tests.SendOuts;

/// <summary>A day's limit is kept over any 24 hours, as mail servers count it.</summary>
public sealed class RateBudgetsTests : EngineTest
{
    private const int PerDay = 500;

    private static readonly RateLimit Daily = new(RateLimit.Account(1), RateWindow.Day, PerDay);

    [DatabaseFact]
    public async Task WhatWasSentBeforeMidnight_CountsAfterIt()
    {
        Assert.Equal(PerDay, await TakeAsync("2026-03-02T23:55:00Z", 600));
        Assert.Equal(0, await TakeAsync("2026-03-03T00:05:00Z", 1));
        Assert.Equal(0, await TakeAsync("2026-03-03T23:54:59Z", 1));
        Assert.Equal(PerDay, await TakeAsync("2026-03-04T00:00:00Z", 600));
    }

    [DatabaseFact]
    public async Task ADayThatWasSpreadOut_OpensAsItWasUsed()
    {
        Assert.Equal(300, await TakeAsync("2026-03-02T09:00:00Z", 300));
        Assert.Equal(200, await TakeAsync("2026-03-02T15:00:00Z", 300));
        Assert.Equal(300, await TakeAsync("2026-03-03T09:10:00Z", 600));
        Assert.Equal(0, await TakeAsync("2026-03-03T15:09:00Z", 600));
        Assert.Equal(200, await TakeAsync("2026-03-03T15:10:00Z", 600));
    }

    [DatabaseFact]
    public async Task WhatIsGivenBack_MayBeUsedAgain()
    {
        await TakeAsync("2026-03-02T23:55:00Z", PerDay);
        await using (var unit = Database.As(Actor.System))
        {
            await unit.Get<RateBudgets>().ReturnAsync([Daily], 40, Utc("2026-03-02T23:55:00Z"), Ct);
        }

        Assert.Equal(40, await TakeAsync("2026-03-03T08:00:00Z", PerDay));
    }

    [DatabaseFact]
    public async Task HostsThatTakeAtTheSameMomentOnBothSidesOfASlice_TakeTogetherWhatThereIs()
    {
        var taken = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(async () =>
        {
            var sum = 0;
            for (var round = 0; round < 10; round++)
            {
                sum += await TakeAsync(i % 2 == 0 ? "2026-03-02T10:09:59Z" : "2026-03-02T10:10:00Z", 9);
            }

            return sum;
        })));

        Assert.Equal(PerDay, taken.Sum() + await TakeAsync("2026-03-02T10:10:30Z", PerDay));
    }

    private async Task<int> TakeAsync(string utc, int wanted)
    {
        await using var unit = Database.As(Actor.System);
        return await unit.Get<RateBudgets>().TakeAsync([Daily], wanted, Utc(utc), Ct);
    }
}
