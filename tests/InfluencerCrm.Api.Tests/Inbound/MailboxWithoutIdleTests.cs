namespace InfluencerCrm.Api.Tests.Inbound;

/// <summary>A server that cannot tell of mails by itself is asked.</summary>
public sealed class MailboxWithoutIdleTests : MailboxTest
{
    protected override bool Idle => false;

    [Fact]
    public async Task Mails_AreFoundByAsking()
    {
        await LookedAsync();
        Server.Deliver(Letter(1));
        await TakenAsync(1);
        await LookedAsync();
        Server.Deliver(Letter(2));

        await TakenAsync(2);
    }
}
