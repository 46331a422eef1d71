using InfluencerCrm.Core.Errors;
using InfluencerCrm.Core.SendOuts;

namespace InfluencerCrm.Core.Tests.SendOuts;

public sealed class MessageTests
{
    private static readonly DateTime Now = new(2030, 5, 6, 9, 0, 0, DateTimeKind.Utc);

    [Fact]
    public void ASkippedMessage_ClaimsNoAddressAndIsNeverDue()
    {
        var message = Of(new MessagePlan { InfluencerId = 1, Channel = MessageChannel.Email, AddressKey = "a@example.org", DueAt = Now, SkipReason = SkipReason.Suppressed });

        Assert.Equal(MessageStatus.Skipped, message.Status);
        Assert.Null(message.AddressKey);
        Assert.Null(message.DueAt);
    }

    [Fact]
    public void Tokens_Are96BitsAndDiffer()
    {
        var tokens = Enumerable.Range(0, 100).Select(_ => Queued().Token).ToList();

        Assert.All(tokens, t => Assert.Matches("^[0-9a-f]{24}$", t));
        Assert.Equal(100, tokens.Distinct().Count());
    }

    [Fact]
    public void AQueuedMail_CanNeitherBeMarkedSentNorSentAgain()
    {
        Assert.Equal("wrongState", Assert.Throws<Conflict>(() => Queued().MarkSent(Now)).Code);
        Assert.Equal("wrongState", Assert.Throws<Conflict>(() => Queued().SendAgain(Now)).Code);
    }

    [Fact]
    public void AManualMessage_IsDoneByHand()
    {
        var message = Of(new MessagePlan { InfluencerId = 1, Channel = MessageChannel.Manual, DueAt = Now });

        message.MarkSent(Now);

        Assert.Equal(MessageStatus.Sent, message.Status);
        Assert.Equal(Now, message.SentAt);
    }

    [Fact]
    public void Blank_ForgetsThePersonAndStopsWhatIsQueued()
    {
        var message = Queued();

        message.Blank();

        Assert.Equal(MessageStatus.Cancelled, message.Status);
        Assert.Null(message.ToAddress);
        Assert.Null(message.AddressKey);
        Assert.Null(message.Values);
    }

    private static Message Queued() => Of(new MessagePlan
    {
        InfluencerId = 1,
        Channel = MessageChannel.Email,
        ToAddress = "a@example.org",
        AddressKey = "a@example.org",
        Values = "{}",
        DueAt = Now,
    });

    private static Message Of(MessagePlan plan) => new(new SendOut("Spring", SendOutPurpose.Pitch), plan);
}
