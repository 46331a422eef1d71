using InfluencerCrm.Core.SendOuts;
using InfluencerCrm.Core.SendOuts.Dispatch;

namespace InfluencerCrm.Core.Tests.SendOuts;

/// <summary>How a pace opens.</summary>
public sealed class RateLimitTests
{
    [Theory]
    [InlineData(600, 0, 10)]
    [InlineData(600, 50, 10)]
    [InlineData(60, 59, 1)]
    [InlineData(60, 30, 1)]
    [InlineData(1, 0, 1)]
    [InlineData(1, 59, 1)]
    [InlineData(7, 42, 1)]
    public void AWindowThatIsFirstLookedAtLate_OpensOneSecondsShare(int perMinute, int second, int open)
    {
        var limit = new RateLimit("server", RateWindow.Minute, perMinute);
        var now = new DateTime(2026, 3, 1, 10, 30, second, DateTimeKind.Utc);

        Assert.Equal(open, limit.OpenAt(now) - limit.UsedAtFirst(now));
    }

    [Theory]
    [InlineData(600)]
    [InlineData(7)]
    [InlineData(1)]
    public void AWholeMinute_OpensTheWholePace(int perMinute)
    {
        var limit = new RateLimit("server", RateWindow.Minute, perMinute);

        Assert.Equal(perMinute, limit.OpenAt(new DateTime(2026, 3, 1, 10, 30, 59, DateTimeKind.Utc)));
    }

    [Fact]
    public void ADay_IsOpenAtOnce()
    {
        var limit = new RateLimit("account:1", RateWindow.Day, 500);
        var late = new DateTime(2026, 3, 1, 23, 0, 0, DateTimeKind.Utc);

        Assert.Equal((500, 0), (limit.OpenAt(late), limit.UsedAtFirst(late)));
    }
}
