using InfluencerCrm.Core.SendOuts;
using InfluencerCrm.TestKit.Smtp;
using Xunit;

namespace InfluencerCrm.Mail.Tests;

/// <summary>Against Postfix's smtp-sink.</summary>
public sealed class SmtpTransportTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Send_DeliversTheComposedBytesToTheEnvelope()
    {
        await using var sink = await SmtpSink.StartAsync(Ct);
        await using var services = MailServices.Smtp(sink.Port);
        var mail = TestMails.Plain() with { TextBody = ".\n..\nfin", Attachments = [new MailAttachment("a.bin", "application/octet-stream", new byte[20_000])] };
        await using var connection = services.Transport().Open();

        var answer = await connection.SendAsync(mail, Ct);

        Assert.Equal((DeliveryOutcome.Sent, 250, "2.0.0"), (answer.Outcome, answer.ReplyCode, answer.EnhancedStatus));
        var taken = Assert.Single(sink.Mails());
        Assert.StartsWith("<bounce+1f3a9c0de4b75a6812345678@mail.agency.example>", taken.MailFrom, StringComparison.Ordinal);
        Assert.Equal(["<joerg@paper.example>"], taken.RcptTo);
        Assert.Equal(services.Composer().Compose(mail).ToArray(), taken.Raw);
        Assert.Equal("Étude : l’énergie en 2026", taken.Message.Subject);
    }

    [Fact]
    public async Task Send_ManyMailsOverOneConnection_DeliversEachOnce()
    {
        await using var sink = await SmtpSink.StartAsync(Ct, "-n", "2");
        await using var services = MailServices.Smtp(sink.Port);
        await using var connection = services.Transport().Open();

        for (var i = 0; i < 20; i++) await connection.SendAsync(TestMails.Plain($"token{i:00}"), Ct);

        Assert.Equal(Enumerable.Range(0, 20).Select(i => $"token{i:00}@mail.agency.example"), sink.Mails().Select(m => m.Message.MessageId).Order());
    }

    [Fact]
    public async Task Send_ADomainOutsideAscii_GoesOutAsPunycode()
    {
        await using var sink = await SmtpSink.StartAsync(Ct);
        await using var services = MailServices.Smtp(sink.Port);
        await using var connection = services.Transport().Open();

        await connection.SendAsync(TestMails.Plain() with { ToAddress = "joerg@bücher.example" }, Ct);

        Assert.Equal(["<joerg@xn--bcher-kva.example>"], Assert.Single(sink.Mails()).RcptTo);
    }

    [Fact]
    public async Task Send_ALocalPartOutsideAsciiToAServerWithoutSmtpUtf8_FailsAndSparesTheAddress()
    {
        await using var sink = await SmtpSink.StartAsync(Ct);
        await using var services = MailServices.Smtp(sink.Port);
        await using var connection = services.Transport().Open();

        var answer = await connection.SendAsync(TestMails.Plain() with { ToAddress = "jörg@paper.example" }, Ct);

        Assert.Equal((DeliveryOutcome.Failed, "5.6.7", false), (answer.Outcome, answer.EnhancedStatus, answer.RefusesAddress));
        Assert.Empty(sink.Mails());
    }

    [Theory]
    [InlineData("MAIL")]
    [InlineData("RCPT")]
    [InlineData("DATA")]
    [InlineData(".")]
    public async Task Send_WhenTheServerAnswers4xx_IsDeferred(string command)
    {
        await using var sink = await SmtpSink.StartAsync(Ct, "-r", command);
        await using var services = MailServices.Smtp(sink.Port);
        await using var connection = services.Transport().Open();

        var answer = await connection.SendAsync(TestMails.Plain(), Ct);

        Assert.Equal((DeliveryOutcome.Deferred, 450, "4.3.0"), (answer.Outcome, answer.ReplyCode, answer.EnhancedStatus));
    }

    [Theory]
    [InlineData("MAIL")]
    [InlineData("RCPT")]
    [InlineData("DATA")]
    [InlineData(".")]
    public async Task Send_WhenTheServerAnswers5xx_Fails(string command)
    {
        await using var sink = await SmtpSink.StartAsync(Ct, "-f", command);
        await using var services = MailServices.Smtp(sink.Port);
        await using var connection = services.Transport().Open();

        var answer = await connection.SendAsync(TestMails.Plain(), Ct);

        Assert.Equal((DeliveryOutcome.Failed, 500, "5.3.0", false), (answer.Outcome, answer.ReplyCode, answer.EnhancedStatus, answer.RefusesAddress));
    }

    [Theory]
    [InlineData("CONNECT")]
    [InlineData("EHLO")]
    [InlineData("MAIL")]
    [InlineData("RCPT")]
    [InlineData("DATA")]
    public async Task Send_WhenTheServerHangsUpBeforeTheData_IsDeferred(string command)
    {
        await using var sink = await SmtpSink.StartAsync(Ct, "-q", command);
        await using var services = MailServices.Smtp(sink.Port);
        await using var connection = services.Transport().Open();

        var answer = await connection.SendAsync(TestMails.Plain(), Ct);

        Assert.Equal(DeliveryOutcome.Deferred, answer.Outcome);
    }

    [Fact]
    public async Task Send_WhenTheServerHangsUpAtTheFinalDot_IsUnconfirmed()
    {
        await using var sink = await SmtpSink.StartAsync(Ct, "-q", ".");
        await using var services = MailServices.Smtp(sink.Port);
        await using var connection = services.Transport().Open();

        var answer = await connection.SendAsync(TestMails.Plain(), Ct);

        Assert.Equal(DeliveryOutcome.Unconfirmed, answer.Outcome);
    }

    [Fact]
    public async Task Send_WhenTheServerRefusesTheSession_IsDeferredAndSaysSo()
    {
        await using var sink = await SmtpSink.StartAsync(Ct, "-f", "CONNECT");
        await using var services = MailServices.Smtp(sink.Port);
        await using var connection = services.Transport().Open();

        var answer = await connection.SendAsync(TestMails.Plain(), Ct);

        Assert.Equal((DeliveryOutcome.Deferred, true), (answer.Outcome, answer.RefusesSession));
    }

    [Fact]
    public async Task Send_WithoutAServer_IsDeferred()
    {
        int port;
        await using (var sink = await SmtpSink.StartAsync(Ct)) port = sink.Port;
        await using var services = MailServices.Smtp(port);
        await using var connection = services.Transport().Open();

        var answer = await connection.SendAsync(TestMails.Plain(), Ct);

        Assert.Equal((DeliveryOutcome.Deferred, false), (answer.Outcome, answer.RefusesSession));
    }
}
