using InfluencerCrm.Core.SendOuts;
using InfluencerCrm.TestKit.Smtp;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace InfluencerCrm.Mail.Tests;

/// <summary>Faults on order: what each leaves behind decides whether a mail goes out again.</summary>
public sealed class SmtpFaultTests
{
    private static readonly string[] Chunking = ["PIPELINING", "8BITMIME", "CHUNKING", "ENHANCEDSTATUSCODES"];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("CONNECT")]
    [InlineData("EHLO")]
    [InlineData("MAIL")]
    [InlineData("RCPT")]
    [InlineData("DATA")]
    public async Task Send_WhenTheConnectionDropsBefore354_IsDeferred(string step) =>
        Assert.Equal(DeliveryOutcome.Deferred, (await SendAsync(step, ScriptedSmtpServer.Drop)).Outcome);

    [Fact]
    public async Task Send_WhenTheConnectionDropsAfter354_IsUnconfirmed() =>
        Assert.Equal(DeliveryOutcome.Unconfirmed, (await SendAsync("AFTER354", ScriptedSmtpServer.Drop)).Outcome);

    [Fact]
    public async Task Send_WhenTheConnectionDropsBeforeTheFinalReply_IsUnconfirmed() =>
        Assert.Equal(DeliveryOutcome.Unconfirmed, (await SendAsync(".", ScriptedSmtpServer.Drop)).Outcome);

    [Fact]
    public async Task Send_WhenTheConnectionDropsInTheMiddleOfBdat_IsUnconfirmed() =>
        Assert.Equal(DeliveryOutcome.Unconfirmed, (await SendAsync("BDAT", ScriptedSmtpServer.Drop, Chunking)).Outcome);

    [Fact]
    public async Task Send_WhenTheConnectionDropsAtRcptBeforeBdat_IsDeferred() =>
        Assert.Equal(DeliveryOutcome.Deferred, (await SendAsync("RCPT", ScriptedSmtpServer.Drop, Chunking)).Outcome);

    [Theory]
    [InlineData("CONNECT", "421 4.3.2 going down", "4.3.2")]
    [InlineData("EHLO", "421 4.3.2 going down", "4.3.2")]
    [InlineData("MAIL", "421 4.7.0 too many messages", "4.7.0")]
    [InlineData("MAIL", "452 4.3.1 no space", "4.3.1")]
    [InlineData("RCPT", "421 4.7.0 too many messages" + ScriptedSmtpServer.ThenDrop, "4.7.0")]
    [InlineData("DATA", "421 4.3.2 going down" + ScriptedSmtpServer.ThenDrop, "4.3.2")]
    [InlineData("RCPT", "450 4.2.0 greylisted", "4.2.0")]
    [InlineData("DATA", "451 4.3.0 try later", "4.3.0")]
    [InlineData(".", "451 4.3.0 disk full", "4.3.0")]
    [InlineData(".", "421 4.3.2 going down" + ScriptedSmtpServer.ThenDrop, "4.3.2")]
    public async Task Send_WhenTheServerAnswers4xx_IsDeferred(string step, string reply, string status)
    {
        var answer = await SendAsync(step, reply);

        Assert.Equal((DeliveryOutcome.Deferred, status, false), (answer.Outcome, answer.EnhancedStatus, answer.RefusesSession));
    }

    [Theory]
    [InlineData("RCPT", "421 4.7.0 too many messages", true)]
    [InlineData("RCPT", "450 4.2.0 greylisted", true)]
    [InlineData("RCPT", "451 4.7.1 greylisted", true)]
    [InlineData(".", "450 4.7.1 greylisted", true)]
    [InlineData("RCPT", "452 4.2.2 mailbox full", false)]
    [InlineData("RCPT", "450 4.2.1 mailbox disabled", false)]
    [InlineData("RCPT", "550 5.7.1 blocked", false)]
    [InlineData(".", "451 4.3.0 disk full", false)]
    [InlineData("MAIL", "421 4.7.0 too many messages", false)]
    [InlineData("CONNECT", "421 4.3.2 going down", false)]
    public async Task Send_AskedForPatience_SlowsTheDomainOnlyWhereItsServerSpeaks(string step, string reply, bool slowsDomain) =>
        Assert.Equal(slowsDomain, (await SendAsync(step, reply)).SlowsDomain);

    [Theory]
    [InlineData("RCPT", "452 4.2.2 The account is over quota, try again later", true)]
    [InlineData(".", "452 4.2.2 mailbox full", true)]
    [InlineData("RCPT", "450 4.2.1 mailbox disabled", true)]
    [InlineData("RCPT", "450 4.2.0 Mailbox unavailable", true)]
    [InlineData("RCPT", "450 4.1.1 address unverified", true)]
    [InlineData("RCPT", "452 Mailbox full", true)]
    [InlineData("RCPT", "450 4.2.0 Recipient address rejected: Greylisted, see the help page", false)]
    [InlineData("RCPT", "450 4.2.1 The user is receiving mail at a rate that prevents more", false)]
    [InlineData("RCPT", "451 4.7.1 greylisted", false)]
    [InlineData("RCPT", "452 4.3.1 Insufficient system storage", false)]
    [InlineData("RCPT", "452 Insufficient system storage", false)]
    [InlineData("RCPT", "421 4.7.0 too many messages", false)]
    [InlineData("RCPT", "450 4.1.8 sender's domain not found", false)]
    [InlineData("MAIL", "450 4.1.8 sender's domain not found", false)]
    [InlineData("RCPT", "552 5.2.2 mailbox full", true)]
    public async Task Send_AMailboxThatTakesNothingNow_IsToldFromAServerThatWantsPatience(string step, string reply, bool isShut) =>
        Assert.Equal(isShut, (await SendAsync(step, reply)).MailboxIsShut);

    [Theory]
    [InlineData("CONNECT", "554 5.7.1 not welcome")]
    [InlineData("EHLO", "550 5.7.1 not welcome")]
    public async Task Send_WhenTheServerRefusesTheSession_IsDeferredAndSaysSo(string step, string reply)
    {
        var answer = await SendAsync(step, reply);

        Assert.Equal((DeliveryOutcome.Deferred, true, reply), (answer.Outcome, answer.RefusesSession, answer.Response));
    }

    [Theory]
    [InlineData("RCPT", "550 5.1.1 no such user", true)]
    [InlineData("RCPT", "550 no such user", true)]
    [InlineData("RCPT", "551 user not local", true)]
    [InlineData("RCPT", "553 mailbox name not allowed", true)]
    [InlineData("RCPT", "550 5.7.1 blocked", false)]
    [InlineData("RCPT", "552 mailbox full", false)]
    [InlineData("RCPT", "554 5.7.1 relay access denied", false)]
    [InlineData("MAIL", "550 5.1.8 sender's domain not found", false)]
    [InlineData("MAIL", "550 sender rejected", false)]
    [InlineData("RCPT", "550 5.1.8 sender's domain not found", false)]
    [InlineData("DATA", "554 no valid recipients", false)]
    [InlineData(".", "552 5.3.4 message too big", false)]
    [InlineData(".", "550 5.1.1 no such user", true)]
    [InlineData(".", "554 5.6.0 rejected" + ScriptedSmtpServer.ThenDrop, false)]
    public async Task Send_WhenTheServerAnswers5xx_FailsAndBlamesTheAddressOnlyForItsOwnFault(string step, string reply, bool refusesAddress)
    {
        var answer = await SendAsync(step, reply);

        Assert.Equal((DeliveryOutcome.Failed, refusesAddress), (answer.Outcome, answer.RefusesAddress));
        Assert.Equal(reply.Replace(ScriptedSmtpServer.ThenDrop, "", StringComparison.Ordinal), answer.Response);
        Assert.Equal(int.Parse(reply[..3], System.Globalization.CultureInfo.InvariantCulture), answer.ReplyCode);
    }

    [Fact]
    public async Task Send_AReplyOfSeveralLines_BecomesOne() =>
        Assert.Equal("550 5.1.1 no such user here", (await SendAsync("RCPT", "550-5.1.1 no such user\r\n550 5.1.1 here")).Response);

    [Theory]
    [InlineData("MAIL", DeliveryOutcome.Deferred)]
    [InlineData("CONNECT", DeliveryOutcome.Deferred)]
    [InlineData(".", DeliveryOutcome.Unconfirmed)]
    public async Task Send_WhenTheServerTalksGarbage_IsALostConnection(string step, DeliveryOutcome outcome) =>
        Assert.Equal(outcome, (await SendAsync(step, "\x01\x02 what?")).Outcome);

    [Theory]
    [InlineData("CONNECT", DeliveryOutcome.Deferred)]
    [InlineData("EHLO", DeliveryOutcome.Deferred)]
    [InlineData("MAIL", DeliveryOutcome.Deferred)]
    [InlineData("RCPT", DeliveryOutcome.Deferred)]
    [InlineData("DATA", DeliveryOutcome.Deferred)]
    [InlineData("AFTER354", DeliveryOutcome.Unconfirmed)]
    [InlineData(".", DeliveryOutcome.Unconfirmed)]
    public async Task Send_WhenTheServerFallsSilent_EndsAtTheDeadline(string step, DeliveryOutcome outcome)
    {
        var clock = new FakeTimeProvider();
        await using var server = new ScriptedSmtpServer((s, _) => s == step ? ScriptedSmtpServer.Silence : null);
        await using var services = MailServices.Smtp(server.Port, clock);
        await using var connection = services.Transport().Open();

        var sending = connection.SendAsync(TestMails.Plain(), Ct);
        await server.ReachedAsync(step);
        clock.Advance(TimeSpan.FromMinutes(11));
        var answer = await sending;

        Assert.Equal(outcome, answer.Outcome);
        Assert.Contains("did not answer in time", answer.Response, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("CONNECT", DeliveryOutcome.Deferred)]
    [InlineData("RCPT", DeliveryOutcome.Deferred)]
    [InlineData("DATA", DeliveryOutcome.Deferred)]
    [InlineData(".", DeliveryOutcome.Unconfirmed)]
    public async Task Send_WhenStopped_IsUnconfirmedOnlyAfterTheDataBegan(string step, DeliveryOutcome outcome)
    {
        await using var server = new ScriptedSmtpServer((s, _) => s == step ? ScriptedSmtpServer.Silence : null);
        await using var services = MailServices.Smtp(server.Port);
        await using var connection = services.Transport().Open();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Ct);

        var sending = connection.SendAsync(TestMails.Plain(), stop.Token);
        await server.ReachedAsync(step);
        await stop.CancelAsync();

        Assert.Equal(outcome, (await sending).Outcome);
    }

    [Fact]
    public async Task Send_WhenTheResetAfterARefusalGetsNoAnswer_KeepsTheRefusal()
    {
        var clock = new FakeTimeProvider();
        await using var server = new ScriptedSmtpServer((s, _) => s switch { "RCPT" => "550 5.1.1 no such user", "RSET" => ScriptedSmtpServer.Silence, _ => null });
        await using var services = MailServices.Smtp(server.Port, clock);
        await using var connection = services.Transport().Open();

        var sending = connection.SendAsync(TestMails.Plain(), Ct);
        await server.ReachedAsync("RSET");
        clock.Advance(TimeSpan.FromSeconds(5));
        var answer = await sending;

        Assert.Equal((DeliveryOutcome.Failed, "5.1.1"), (answer.Outcome, answer.EnhancedStatus));
    }

    [Fact]
    public async Task Send_AfterARefusal_UsesTheSameConnection()
    {
        var first = true;
        await using var server = new ScriptedSmtpServer((s, _) => s == "RCPT" && first ? "550 5.1.1 no such user" : null);
        await using var services = MailServices.Smtp(server.Port);
        await using var connection = services.Transport().Open();
        await connection.SendAsync(TestMails.Plain(), Ct);
        first = false;

        var answer = await connection.SendAsync(TestMails.Plain("second"), Ct);

        Assert.Equal((DeliveryOutcome.Sent, 1), (answer.Outcome, server.Connections));
    }

    [Theory]
    [InlineData("MAIL", "421 4.3.2 bye" + ScriptedSmtpServer.ThenDrop)]
    [InlineData(".", ScriptedSmtpServer.Drop)]
    [InlineData("MAIL", "what?")]
    public async Task Send_AfterALostConnection_DialsAnew(string step, string fault)
    {
        await using var server = new ScriptedSmtpServer((s, connection) => s == step && connection == 1 ? fault : null);
        await using var services = MailServices.Smtp(server.Port);
        await using var connection = services.Transport().Open();
        await connection.SendAsync(TestMails.Plain(), Ct);

        var answer = await connection.SendAsync(TestMails.Plain("second"), Ct);

        Assert.Equal((DeliveryOutcome.Sent, 2), (answer.Outcome, server.Connections));
    }

    [Fact]
    public async Task Send_WithChunking_TakesTheMessageInOneBdat()
    {
        await using var server = new ScriptedSmtpServer((_, _) => null, Chunking);
        await using var services = MailServices.Smtp(server.Port);
        var connection = services.Transport().Open();
        var mail = TestMails.Plain();

        var answer = await connection.SendAsync(mail, Ct);
        await connection.DisposeAsync();

        Assert.Equal(DeliveryOutcome.Sent, answer.Outcome);
        Assert.Equal(services.Composer().Compose(mail).ToArray(), System.Text.Encoding.Latin1.GetBytes(Assert.Single(server.Messages)));
        Assert.Equal(["EHLO", "MAIL", "RCPT", "BDAT", "QUIT"], server.Commands.Select(c => c.Split(' ')[0]));
    }

    [Fact]
    public async Task Send_WithSmtpUtf8_UsesItOnlyForALocalPartOutsideAscii()
    {
        await using var server = new ScriptedSmtpServer((_, _) => null, "PIPELINING", "8BITMIME", "SMTPUTF8");
        await using var services = MailServices.Smtp(server.Port);
        await using var connection = services.Transport().Open();

        await connection.SendAsync(TestMails.Plain("a") with { ToAddress = "joerg@bücher.example" }, Ct);
        await connection.SendAsync(TestMails.Plain("b") with { ToAddress = "jörg@bücher.example" }, Ct);
        await connection.SendAsync(TestMails.Plain("c") with { ToAddress = "joerg@bücher.example" }, Ct);

        Assert.Equal([false, true, false], server.Commands.Where(c => c.StartsWith("MAIL", StringComparison.Ordinal)).Select(c => c.Contains("SMTPUTF8", StringComparison.Ordinal)));
        var recipients = server.Commands.Where(c => c.StartsWith("RCPT", StringComparison.Ordinal)).Select(c => System.Text.Encoding.UTF8.GetString(System.Text.Encoding.Latin1.GetBytes(c)));
        Assert.Equal(["RCPT TO:<joerg@xn--bcher-kva.example>", "RCPT TO:<jörg@bücher.example>", "RCPT TO:<joerg@xn--bcher-kva.example>"], recipients);
    }

    // smtp-sink answers AUTH with 250, which is no sign-in.
    [Fact]
    public async Task Send_WithCredentials_SignsInOnceForTheConnection()
    {
        await using var server = new ScriptedSmtpServer((s, _) => s == "AUTH" ? "235 2.7.0 welcome" : null, "AUTH PLAIN");
        await using var services = MailServices.Smtp(server.Port, null, ("Mail:Smtp:UserName", "crm"), ("Mail:Smtp:Password", "secret"));
        await using var connection = services.Transport().Open();

        await connection.SendAsync(TestMails.Plain(), Ct);
        var answer = await connection.SendAsync(TestMails.Plain("second"), Ct);

        Assert.Equal(DeliveryOutcome.Sent, answer.Outcome);
        Assert.Equal("AUTH PLAIN AGNybQBzZWNyZXQ=", Assert.Single(server.Commands, c => c.StartsWith("AUTH", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Send_WhenTheSignInIsRefused_IsDeferredAndSaysSo()
    {
        await using var server = new ScriptedSmtpServer((s, _) => s == "AUTH" ? "535 5.7.8 bad credentials" : null, "AUTH PLAIN");
        await using var services = MailServices.Smtp(server.Port, null, ("Mail:Smtp:UserName", "crm"), ("Mail:Smtp:Password", "wrong"));
        await using var connection = services.Transport().Open();

        var answer = await connection.SendAsync(TestMails.Plain(), Ct);

        Assert.Equal((DeliveryOutcome.Deferred, true, 535, "5.7.8"), (answer.Outcome, answer.RefusesSession, answer.ReplyCode, answer.EnhancedStatus));
    }

    [Fact]
    public async Task Send_WhenStartTlsIsAskedForAndNotOffered_IsDeferredAndSendsNothing()
    {
        await using var server = new ScriptedSmtpServer((_, _) => null);
        await using var services = MailServices.Smtp(server.Port, null, ("Mail:Smtp:Security", "StartTls"));
        await using var connection = services.Transport().Open();

        var answer = await connection.SendAsync(TestMails.Plain(), Ct);

        Assert.Equal((DeliveryOutcome.Deferred, true), (answer.Outcome, answer.RefusesSession));
        Assert.DoesNotContain(server.Commands, c => c.StartsWith("MAIL", StringComparison.Ordinal));
    }

    private static async Task<DeliveryAnswer> SendAsync(string step, string reply, params string[] extensions)
    {
        // A client that EHLO is refused to tries HELO.
        await using var server = new ScriptedSmtpServer((s, _) => s == step || (step == "EHLO" && s == "HELO") ? reply : null, extensions);
        await using var services = MailServices.Smtp(server.Port);
        await using var connection = services.Transport().Open();
        return await connection.SendAsync(TestMails.Plain(), Ct);
    }
}
