using Microsoft.Extensions.Time.Testing;

namespace InfluencerCrm.Api.Tests.SendOuts;

/// <summary>Under a clock that stands still no poll ever comes: what leaves all the same was woken.</summary>
public sealed class WakeTests : SendOutTest
{
    private readonly FakeTimeProvider _clock = new(TimeProvider.System.GetUtcNow());

    protected override TimeProvider? Clock => _clock;

    [Fact]
    public async Task WhatIsScheduledForNow_LeavesAtOnce()
    {
        var sendOut = await SendOutToAsync(await PersonAsync("Ana", "ana@example.org"));

        await PostAsync($"odata/sendOuts({sendOut})/schedule", null);

        await SentAsync(sendOut);
    }

    [Fact]
    public async Task WhatIsRescheduledToNow_LeavesAtOnce()
    {
        var sendOut = await SendOutToAsync(await PersonAsync("Ana", "ana@example.org"));
        await ScheduleAsync(sendOut);

        await PostAsync($"odata/sendOuts({sendOut})/reschedule", null);

        await SentAsync(sendOut);
    }

    [Fact]
    public async Task WhatIsResumedAfterItsTime_LeavesAtOnce()
    {
        var sendOut = await SendOutToAsync(await PersonAsync("Ana", "ana@example.org"));
        await ScheduleAsync(sendOut);
        await PostAsync($"odata/sendOuts({sendOut})/pause", null);
        _clock.SetUtcNow(Later.AddHours(1));

        // The looks that the step of the clock sets off come to nothing first.
        await Task.Delay(TimeSpan.FromMilliseconds(500), TimeProvider.System, Ct);
        await PostAsync($"odata/sendOuts({sendOut})/resume", null);

        await SentAsync(sendOut);
    }

    private async Task SentAsync(int sendOut)
    {
        // A bound on hanging, not a measure.
        for (var attempt = 0; attempt < 200 && Text(Assert.Single(await MessagesAsync(sendOut)), "status") != "sent"; attempt++)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, Ct);
        }

        Assert.Equal("sent", Text(Assert.Single(await MessagesAsync(sendOut)), "status"));
    }
}
