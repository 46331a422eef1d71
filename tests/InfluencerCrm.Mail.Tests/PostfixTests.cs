using InfluencerCrm.Core.SendOuts;
using InfluencerCrm.TestKit.Smtp;
using Xunit;

namespace InfluencerCrm.Mail.Tests;

/// <summary>Against a real Postfix, with what it offers: TLS, SIZE, CHUNKING, PIPELINING.</summary>
public sealed class PostfixTests : IAsyncLifetime
{
    private PostfixServer server = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => server = await PostfixServer.StartAsync(Ct);

    public ValueTask DisposeAsync() => server.DisposeAsync();

    [Theory]
    [InlineData("StartTls")]
    [InlineData("Auto")]
    public async Task Send_ACertificateThatNobodyTrusts_IsRefused_AndNothingIsSent(string security)
    {
        await using var services = MailServices.Smtp(server.Port, null, ("Mail:Smtp:Host", "localhost"), ("Mail:Smtp:Security", security));
        await using var connection = services.Transport().Open();

        var answer = await connection.SendAsync(To("zoe"), Ct);

        Assert.Equal((DeliveryOutcome.Deferred, true), (answer.Outcome, answer.RefusesSession));
        Assert.Empty(server.Mails());
    }

    [Fact]
    public async Task Send_ACertificateForAnotherName_IsRefused_EvenWithATrustedAuthority()
    {
        await using var services = MailServices.Smtp(server.Port, null, ("Mail:Smtp:Security", "StartTls"), ("Mail:Smtp:CertificateAuthorityPath", server.AuthorityPath));
        await using var connection = services.Transport().Open();

        var answer = await connection.SendAsync(To("zoe"), Ct);

        Assert.Equal((DeliveryOutcome.Deferred, true), (answer.Outcome, answer.RefusesSession));
        Assert.Empty(server.Mails());
    }

    [Fact]
    public async Task Send_OverTls_DeliversEachMailOfTheConnection()
    {
        await using var services = MailServices.Smtp(
            server.Port, null, ("Mail:Smtp:Host", "localhost"), ("Mail:Smtp:Security", "StartTls"), ("Mail:Smtp:CertificateAuthorityPath", server.AuthorityPath));
        await using var connection = services.Transport().Open();

        for (var i = 0; i < 5; i++) Assert.Equal(DeliveryOutcome.Sent, (await connection.SendAsync(To($"zoe{i}"), Ct)).Outcome);

        Assert.Equal(5, server.Mails().Select(m => m.RcptTo.Single()).Distinct().Count());
    }

    // Postfix takes BDAT; what arrives is what was composed, dots at line starts included.
    [Fact]
    public async Task Send_InChunks_DeliversTheComposedBytes()
    {
        await using var services = MailServices.Smtp(server.Port);
        await using var connection = services.Transport().Open();
        var mail = To("zoe") with { TextBody = ".\n..\n.fin", Attachments = [new MailAttachment("a.bin", "application/octet-stream", new byte[40_000])] };

        var answer = await connection.SendAsync(mail, Ct);

        Assert.Equal(DeliveryOutcome.Sent, answer.Outcome);
        var composed = System.Text.Encoding.Latin1.GetString(services.Composer().Compose(mail).ToArray());
        Assert.EndsWith(composed, System.Text.Encoding.Latin1.GetString(Assert.Single(server.Mails()).Raw), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Send_AMailBeyondSize_FailsBeforeItsData_AndTheNextGoes()
    {
        await using var services = MailServices.Smtp(server.Port);
        await using var connection = services.Transport().Open();
        var large = To("zoe") with { Attachments = [new MailAttachment("a.bin", "application/octet-stream", new byte[PostfixServer.SizeLimit])] };

        var answer = await connection.SendAsync(large, Ct);
        var next = await connection.SendAsync(To("next"), Ct);

        Assert.Equal((DeliveryOutcome.Failed, 552, "5.3.4", false), (answer.Outcome, answer.ReplyCode, answer.EnhancedStatus, answer.RefusesAddress));
        Assert.Equal(DeliveryOutcome.Sent, next.Outcome);
        Assert.Single(server.Mails());
    }

    [Theory]
    [InlineData("refused", DeliveryOutcome.Failed, "5.1.1", true, false)]
    [InlineData("blocked", DeliveryOutcome.Failed, "5.7.1", false, false)]
    [InlineData("later", DeliveryOutcome.Deferred, "4.7.1", false, true)]
    public async Task Send_ARefusedRecipient_IsJudged_AndTheConnectionGoesOn(string name, DeliveryOutcome outcome, string status, bool refusesAddress, bool slowsDomain)
    {
        await using var services = MailServices.Smtp(server.Port);
        await using var connection = services.Transport().Open();

        var answer = await connection.SendAsync(To(name), Ct);
        var next = await connection.SendAsync(To("next"), Ct);

        Assert.Equal((outcome, status, refusesAddress, slowsDomain), (answer.Outcome, answer.EnhancedStatus, answer.RefusesAddress, answer.SlowsDomain));
        Assert.Equal(DeliveryOutcome.Sent, next.Outcome);
        Assert.Single(server.Mails());
    }

    private static OutgoingMail To(string name) => TestMails.Plain(name) with { ToAddress = $"{name}@example.org" };
}
