using InfluencerCrm.Core.Errors;
using InfluencerCrm.Core.Webhooks;

namespace InfluencerCrm.Core.Tests.Webhooks;

/// <summary>What the Standard Webhooks convention says of secrets, signatures and repetition.</summary>
public sealed class WebhookConventionTests
{
    [Fact]
    public void ASignature_IsTheOneOfTheConventionsOwnExample() => Assert.Equal(
        "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
        WebhookSecret.Sign("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, """{"test": 2432232314}"""u8));

    [Fact]
    public void ASecretThatIsMade_IsOneThatIsTaken_AndNeverTheSame()
    {
        var secret = WebhookSecret.Make();

        Assert.Equal(secret, WebhookSecret.Checked(secret));
        Assert.NotEqual(secret, WebhookSecret.Make());
    }

    [Theory]
    [InlineData("")]
    [InlineData("secret")]
    [InlineData("whsec_")]
    [InlineData("whsec_c2hvcnQ=")]
    [InlineData("whsec_not base 64 at all, but long enough to be a secret")]
    public void WhatIsNoSecret_IsRefused(string secret) => Assert.Equal("badSecret", Assert.Throws<RuleViolation>(() => WebhookSecret.Checked(secret)).Code);

    [Fact]
    public void ADelivery_ComesTenTimes_LaterEachTime()
    {
        Assert.Equal(10, WebhookRetries.Attempts);
        double[] minutes = [5 / 60.0, 5, 30, 120, 300, 600, 840, 1200, 1440];
        for (var attempt = 1; attempt < WebhookRetries.Attempts; attempt++)
        {
            Assert.InRange(WebhookRetries.Wait(attempt, null).TotalMinutes, minutes[attempt - 1] - 0.001, (minutes[attempt - 1] * 1.1) + 0.001);
        }
    }

    [Fact]
    public void AReceiverThatNamesATime_IsLeftInPeaceUntilThen_WithinADay()
    {
        Assert.InRange(WebhookRetries.Wait(1, TimeSpan.FromHours(1)).TotalHours, 1, 1.1001);
        Assert.InRange(WebhookRetries.Wait(1, TimeSpan.FromDays(400)).TotalHours, 24, 26.41);
        Assert.InRange(WebhookRetries.Wait(4, TimeSpan.FromSeconds(1)).TotalHours, 2, 2.2001);
    }
}
