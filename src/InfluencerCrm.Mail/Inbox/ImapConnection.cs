using System.Net;
using System.Net.Sockets;
using InfluencerCrm.Core.Inbound.Mailboxes;
using MailKit;
using MailKit.Net.Imap;
using MailKit.Security;

namespace InfluencerCrm.Mail.Inbox;

/// <summary>A signed-in connection. Each act on it has a deadline of its own, and its faults become one exception.</summary>
internal sealed class ImapConnection : IAsyncDisposable
{
    private static readonly TimeSpan DialLimit = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan TidyLimit = TimeSpan.FromSeconds(3);

    private readonly Socket socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };

    private ImapConnection()
    {
    }

    /// <summary>For a command whose answer is short.</summary>
    public static TimeSpan CommandLimit { get; } = TimeSpan.FromMinutes(2);

    /// <summary>For a command that carries a whole mail.</summary>
    public static TimeSpan TransferLimit { get; } = TimeSpan.FromMinutes(10);

    public ImapClient Client { get; } = new();

    /// <exception cref="MailboxFault">It cannot be reached, or refuses us.</exception>
    public static async Task<ImapConnection> OpenAsync(InboxOptions options, AccessTokens tokens, CancellationToken ct)
    {
        var connection = new ImapConnection();
        try
        {
            await connection.WithinAsync(DialLimit, token => connection.DialAsync(options, tokens, token), ct);
            return connection;
        }
        catch
        {
            connection.Drop();
            throw;
        }
    }

    public Task WithinAsync(TimeSpan limit, Func<CancellationToken, Task> act, CancellationToken ct) =>
        WithinAsync(
            limit,
            async token =>
            {
                await act(token);
                return true;
            },
            ct);

    /// <exception cref="MailboxFault">The server refuses, the connection is lost, or the limit has passed.</exception>
    public async Task<T> WithinAsync<T>(TimeSpan limit, Func<CancellationToken, Task<T>> act, CancellationToken ct)
    {
        // Deadlines of the process, not of the product's clock, which may stand still in tests.
        using var deadline = new CancellationTokenSource(limit, TimeProvider.System);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(ct, deadline.Token);

        // MailKit's time-outs do not cover asynchronous reads and writes; closing the socket ends whatever still waits.
        using var cut = deadline.Token.UnsafeRegister(static s => ((Socket)s!).Dispose(), socket);
        try
        {
            return await act(stop.Token);
        }
        catch (Exception) when (ct.IsCancellationRequested)
        {
            ct.ThrowIfCancellationRequested();
            throw;
        }
        catch (Exception) when (deadline.IsCancellationRequested)
        {
            throw new MailboxFault($"The IMAP server did not answer within {limit.TotalSeconds:0} seconds.");
        }
        catch (ImapCommandException e)
        {
            throw new MailboxFault($"The IMAP server refused a command: {MailAddresses.OneLine(e.ResponseText)}", e) { IsRefusal = true };
        }
        catch (AuthenticationException e)
        {
            throw new MailboxFault($"The IMAP server does not let us in; check Mail__Inbox__UserName and Mail__Inbox__Password, or the OAuth settings: {First(e)}", e);
        }
        catch (SslHandshakeException e)
        {
            throw new MailboxFault($"No encrypted connection to the IMAP server; check its certificate, Mail__Inbox__Security and, where the authority is your own, Mail__Inbox__CertificateAuthorityPath: {First(e)}", e);
        }
        catch (Exception e) when (e is IOException or SocketException or ProtocolException or ServiceNotConnectedException or ServiceNotAuthenticatedException
            or FolderNotOpenException or FolderNotFoundException or ObjectDisposedException or NotSupportedException or SaslException or OperationCanceledException)
        {
            throw new MailboxFault($"The connection to the IMAP server was lost or is not possible: {First(e)}", e);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (Client.IsConnected)
        {
            using var limit = new CancellationTokenSource(TidyLimit, TimeProvider.System);
            using var cut = limit.Token.UnsafeRegister(static s => ((Socket)s!).Dispose(), socket);
            try
            {
                await Client.DisconnectAsync(quit: true, limit.Token);
            }
            catch (Exception e) when (e is IOException or SocketException or ProtocolException or OperationCanceledException or ObjectDisposedException or CommandException)
            {
                // Nothing hangs on a LOGOUT.
            }
        }

        Drop();
    }

    private static string First(Exception e) => MailAddresses.OneLine(e.Message.Split('\n')[0]);

    private static SecureSocketOptions ToMailKit(InboxSecurity security) => security switch
    {
        InboxSecurity.None => SecureSocketOptions.None,
        InboxSecurity.StartTls => SecureSocketOptions.StartTls,
        InboxSecurity.Tls => SecureSocketOptions.SslOnConnect,
        _ => SecureSocketOptions.Auto,
    };

    private async Task DialAsync(InboxOptions options, AccessTokens tokens, CancellationToken ct)
    {
        await socket.ConnectAsync(options.Host!, options.Port, ct);
        if (!string.IsNullOrEmpty(options.CertificateAuthorityPath)) Client.ServerCertificateValidationCallback = ServerCertificates.TrustedBy(options.CertificateAuthorityPath);
        await Client.ConnectAsync(socket, options.Host!, options.Port, ToMailKit(options.Security), ct);
        if (!Client.IsEncrypted && !MailOptionsRules.IsLoopback(options.Host!))
        {
            throw new MailboxFault("The IMAP server offers no encryption, so the password was not sent; Mail__Inbox__Security can ask for Tls or StartTls.");
        }

        if (!options.OAuth.IsSet)
        {
            await Client.AuthenticateAsync(new NetworkCredential(options.UserName, options.Password), ct);
            return;
        }

        var token = await TokenAsync(tokens, ct);
        try
        {
            await Client.AuthenticateAsync(new SaslMechanismOAuth2(options.UserName!, token), ct);
        }
        catch (AuthenticationException)
        {
            tokens.Forget(token);
            throw;
        }
    }

    private static async Task<string> TokenAsync(AccessTokens tokens, CancellationToken ct)
    {
        try
        {
            return await tokens.GetAsync(ct);
        }
        catch (NoAccessToken e)
        {
            throw new MailboxFault($"The IMAP server was not signed in to. {e.Message}", e);
        }
    }

    private void Drop()
    {
        Client.Dispose();
        socket.Dispose();
    }
}
