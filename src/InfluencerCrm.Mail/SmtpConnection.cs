using System.Net;
using System.Net.Sockets;
using InfluencerCrm.Core.SendOuts;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using Microsoft.Extensions.Logging;

namespace InfluencerCrm.Mail;

/// <summary>One worker's connection: dials when needed, keeps the line between messages, says what became of each.</summary>
/// <param name="limit">For one message, from dialling to the final reply; less than the dispatcher's lease.</param>
internal sealed class SmtpConnection(SmtpServer server, TimeSpan limit, MailComposer composer, TimeProvider clock, ILogger logger) : IMailConnection
{
    /// <summary>From the first SYN to the end of the sign-in.</summary>
    private static readonly TimeSpan DialLimit = TimeSpan.FromMinutes(1);

    /// <summary>For RSET and QUIT: the outcome is known, so a silent server must not hold it back.</summary>
    private static readonly TimeSpan TidyLimit = TimeSpan.FromSeconds(5);

    private readonly SmtpOptions smtp = server.Options;
    private readonly SmtpDialogue dialogue = new();
    private CrmSmtpClient? client;
    private Socket? socket;
    private bool offersUtf8;

    public async Task<DeliveryAnswer> SendAsync(OutgoingMail mail, CancellationToken ct)
    {
        if (ct.IsCancellationRequested) return new DeliveryAnswer(DeliveryOutcome.Deferred, "Stopped before the message began");
        ComposedMail composed;
        try
        {
            composed = composer.Build(mail);
        }
        catch (ArgumentException e)
        {
            return ComposerRefusal.From(e);
        }

        using (composed)
        using (var deadline = new CancellationTokenSource(limit, clock))
        using (var stop = CancellationTokenSource.CreateLinkedTokenSource(ct, deadline.Token))
        // MailKit's time-outs do not cover asynchronous reads and writes; closing the socket ends whatever still waits.
        using (deadline.Token.UnsafeRegister(static s => ((SmtpConnection)s!).socket?.Dispose(), this))
        {
            if (await DialAsync(composed, stop.Token) is { } noConnection) return noConnection;
            if (composed.NeedsUtf8 && !offersUtf8)
                return new DeliveryAnswer(DeliveryOutcome.Failed, "The mail server takes no addresses outside ASCII (it does not offer SMTPUTF8)", EnhancedStatus: "5.6.7");
            return await HandOverAsync(composed, deadline, stop.Token, ct);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (client is { IsConnected: true })
        {
            using var tidy = new CancellationTokenSource(TidyLimit, clock);
            // It swallows every fault: nothing hangs on a QUIT.
            await client.DisconnectAsync(quit: true, tidy.Token);
        }

        Drop();
    }

    private async Task<DeliveryAnswer> HandOverAsync(ComposedMail mail, CancellationTokenSource deadline, CancellationToken stop, CancellationToken ct)
    {
        dialogue.Begin(whenRefused: () => deadline.CancelAfter(TidyLimit));
        try
        {
            return SmtpReplies.Accepted(await client!.SendAsync(mail.Format, mail.Message, mail.EnvelopeFrom, [mail.To], stop));
        }
        catch (SmtpCommandException e)
        {
            // The session goes on after a refusal, MailKit has sent RSET; after a 421 the server hangs up (RFC 5321 §3.8).
            if (e.StatusCode == SmtpStatusCode.ServiceNotAvailable)
            {
                Log.ServerCloses(logger);
                Drop();
            }

            return SmtpReplies.ToMessage(e, dialogue.DataBegun);
        }
        catch (ServiceNotAuthenticatedException e)
        {
            Log.SessionRefused(logger, 530);
            Drop();
            return SmtpReplies.ToSession(530, e.Message);
        }
        catch (Exception e) when (IsLostConnection(e))
        {
            Drop();
            var words = Words(e, deadline.IsCancellationRequested, ct.IsCancellationRequested);
            if (deadline.IsCancellationRequested) Log.DeadlinePassed(logger, limit.TotalMinutes);
            else Log.ConnectionLost(logger, dialogue.DataBegun, e.GetType().Name);
            return dialogue.DataBegun
                ? new DeliveryAnswer(DeliveryOutcome.Unconfirmed, $"{words}; the server may have taken the message")
                : new DeliveryAnswer(DeliveryOutcome.Deferred, words);
        }
        finally
        {
            dialogue.End();
        }
    }

    /// <summary>A ready connection, or the answer that there is none.</summary>
    private async Task<DeliveryAnswer?> DialAsync(ComposedMail mail, CancellationToken stop)
    {
        if (IsReady(mail)) return null;
        Drop();
        if (server.Fault is { } fault) return new DeliveryAnswer(DeliveryOutcome.Deferred, fault) { RefusesSession = true };
        using var dialLimit = new CancellationTokenSource(DialLimit, clock);
        using var dial = CancellationTokenSource.CreateLinkedTokenSource(stop, dialLimit.Token);
        try
        {
            // One socket for both families; Nagle off, or each message waits 40 ms for the server's delayed ACK.
            socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            await socket.ConnectAsync(smtp.Host!, smtp.Port, dial.Token);
            client = new CrmSmtpClient(dialogue);
            if (!string.IsNullOrEmpty(smtp.CertificateAuthorityPath)) client.ServerCertificateValidationCallback = ServerCertificates.TrustedBy(smtp.CertificateAuthorityPath);
            await client.ConnectAsync(socket, smtp.Host!, smtp.Port, ToMailKit(smtp.Security), dial.Token);
            if (await SignInAsync(dial.Token) is { } refusal)
            {
                Drop();
                return refusal;
            }

            ChooseUtf8(mail);
            Log.Connected(logger, client.IsEncrypted, client.IsAuthenticated);
            return null;
        }
        catch (SmtpCommandException e)
        {
            return SessionRefused((int)e.StatusCode, e.Message);
        }
        catch (NoAccessToken e)
        {
            Drop();
            Log.DialFailed(logger, nameof(NoAccessToken));
            return new DeliveryAnswer(DeliveryOutcome.Deferred, e.Message) { RefusesSession = e.IsRefusal };
        }
        catch (AuthenticationException e) when (e.InnerException is SmtpCommandException reply)
        {
            return SessionRefused((int)reply.StatusCode, reply.Message);
        }
        catch (Exception e) when (e is AuthenticationException or NotSupportedException or SslHandshakeException or SaslException)
        {
            Drop();
            Log.DialFailed(logger, e.GetType().Name);
            var first = MailAddresses.OneLine(e.Message.Split('\n')[0]);
            return new DeliveryAnswer(DeliveryOutcome.Deferred, $"No session with the mail server: {first}") { RefusesSession = true };
        }
        catch (Exception e) when (IsLostConnection(e))
        {
            Drop();
            Log.DialFailed(logger, e.GetType().Name);
            return new DeliveryAnswer(DeliveryOutcome.Deferred, $"No connection to the mail server: {Words(e, dialLimit.IsCancellationRequested, stop.IsCancellationRequested)}");
        }
    }

    private async Task<DeliveryAnswer?> SignInAsync(CancellationToken ct)
    {
        if (string.IsNullOrEmpty(smtp.UserName)) return null;
        if (!client!.IsEncrypted && !MailOptionsRules.IsLoopback(smtp.Host!))
        {
            Log.DialFailed(logger, "no encryption");
            return new DeliveryAnswer(DeliveryOutcome.Deferred, $"The mail server offers no encryption, so the password was not sent; {server.SecuritySetting} can ask for Tls or StartTls") { RefusesSession = true };
        }

        if (server.Tokens is { } tokens) await SignInAsync(tokens, ct);
        else await client.AuthenticateAsync(new NetworkCredential(smtp.UserName, smtp.Password), ct);
        return null;
    }

    /// <summary>A token may have been revoked before its time, so one that is refused is fetched anew, once.</summary>
    private async Task SignInAsync(AccessTokens tokens, CancellationToken ct)
    {
        var token = await tokens.GetAsync(ct);
        try
        {
            await client!.AuthenticateAsync(new SaslMechanismOAuth2(smtp.UserName!, token), ct);
            return;
        }
        catch (AuthenticationException)
        {
            tokens.Forget(token);
        }

        token = await tokens.GetAsync(ct);
        try
        {
            await client!.AuthenticateAsync(new SaslMechanismOAuth2(smtp.UserName!, token), ct);
        }
        catch (AuthenticationException)
        {
            tokens.Forget(token);
            throw;
        }
    }

    /// <summary>Connected, not hung up on meanwhile, and with SMTPUTF8 as this mail needs it.</summary>
    private bool IsReady(ComposedMail mail)
    {
        if (client is not { IsConnected: true } || socket is null) return false;
        // Between messages a server has nothing to say but good-bye (421 or FIN).
        if (socket.Poll(0, SelectMode.SelectRead)) return false;
        var utf8On = client.Capabilities.HasFlag(SmtpCapabilities.UTF8);
        return utf8On == (mail.NeedsUtf8 && offersUtf8) || !mail.IsInternational;
    }

    /// <summary>
    /// With SMTPUTF8 in its capabilities MailKit writes every international domain in UTF-8, although punycode goes further;
    /// a capability taken away does not come back, so the few mails that need it dial anew.
    /// </summary>
    private void ChooseUtf8(ComposedMail mail)
    {
        offersUtf8 = client!.Capabilities.HasFlag(SmtpCapabilities.UTF8) && client.Capabilities.HasFlag(SmtpCapabilities.EightBitMime);
        if (!mail.NeedsUtf8) client.Capabilities &= ~SmtpCapabilities.UTF8;
    }

    private DeliveryAnswer SessionRefused(int code, string text)
    {
        Drop();
        Log.SessionRefused(logger, code);
        return SmtpReplies.ToSession(code, text);
    }

    private void Drop()
    {
        client?.Dispose();
        client = null;
        socket?.Dispose();
        socket = null;
    }

    private static bool IsLostConnection(Exception e) =>
        e is ProtocolException or IOException or SocketException or OperationCanceledException or ObjectDisposedException or ServiceNotConnectedException;

    private static string Words(Exception e, bool timedOut, bool stopped) => e switch
    {
        _ when timedOut => "The mail server did not answer in time",
        _ when stopped => "Stopped",
        ProtocolException or IOException { InnerException: null } => MailAddresses.OneLine(e.Message),
        _ => $"Connection lost: {MailAddresses.OneLine((e.InnerException ?? e).Message)}",
    };

    private static SecureSocketOptions ToMailKit(SmtpSecurity security) => security switch
    {
        SmtpSecurity.None => SecureSocketOptions.None,
        SmtpSecurity.StartTls => SecureSocketOptions.StartTls,
        SmtpSecurity.Tls => SecureSocketOptions.SslOnConnect,
        _ => SecureSocketOptions.Auto,
    };
}
