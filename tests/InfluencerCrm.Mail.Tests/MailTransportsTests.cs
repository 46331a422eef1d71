using InfluencerCrm.Core.Data;
using InfluencerCrm.Core.SendOuts;
using InfluencerCrm.TestKit.Smtp;
using Xunit;

namespace InfluencerCrm.Mail.Tests;

/// <summary>Sender accounts with a server of their own.</summary>
public sealed class MailTransportsTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task AnAccountWithAServer_SendsThroughIt()
    {
        await using var configured = await SmtpSink.StartAsync(Ct);
        await using var own = await SmtpSink.StartAsync(Ct);
        await using var services = MailServices.Smtp(configured.Port);
        await using var connection = services.Transports().Of(Account(own.Port)).Open();

        var answer = await connection.SendAsync(TestMails.Plain(), Ct);

        Assert.Equal(DeliveryOutcome.Sent, answer.Outcome);
        Assert.Single(own.Mails());
        Assert.Empty(configured.Mails());
    }

    [Fact]
    public async Task AnAccountWithoutAServer_SendsThroughTheConfiguredOne()
    {
        await using var services = MailServices.Smtp(2525);
        var account = SenderAccount.Create(new() { Name = "Press", FromAddress = "press@agency.example" });

        Assert.Same(services.Transports().Default, services.Transports().Of(account));
        Assert.Equal("127.0.0.1:2525", services.Transports().Default.Destination);
    }

    [Fact]
    public async Task WhileMailsAreKeptHere_NoAccountLetsAnyLeave()
    {
        await using var services = MailServices.Create([]);

        var transport = services.Transports().Of(Account(2526));

        Assert.True(transport.StaysHere);
        Assert.Same(services.Transports().Default, transport);
    }

    [Fact]
    public async Task OneVersionOfAnAccount_IsOneTransport_AndTheNextIsAnother()
    {
        await using var services = MailServices.Smtp(2525);
        var account = Account(2526);
        var first = services.Transports().Of(account);
        var again = services.Transports().Of(account);

        account.Apply(new() { Port = 2527 });
        NewVersion(account);
        var changed = services.Transports().Of(account);

        Assert.Same(first, again);
        Assert.NotSame(first, changed);
        Assert.Equal(("127.0.0.1:2526", "127.0.0.1:2527"), (first.Destination, changed.Destination));
        Assert.NotSame(first, services.Transports().Default);
    }

    private static SenderAccount Account(int port) => SenderAccount.Create(new() { Name = "Press", FromAddress = "press@agency.example", Host = SmtpSink.Host, Port = port });

    /// <summary>As the database's interceptor does with a row that was changed.</summary>
    private static void NewVersion(SenderAccount account) => typeof(Entity).GetProperty(nameof(Entity.Version))!.SetValue(account, Guid.NewGuid());
}
