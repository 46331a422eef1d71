using System.Security.Cryptography;
using InfluencerCrm.Core.Outbound;
using InfluencerCrm.Core.SendOuts;
using InfluencerCrm.Core.SendOuts.Dispatch;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace InfluencerCrm.Mail;

/// <summary>The configuration's transport, and one for each sender account with a server of its own, kept while its row stays as it is.</summary>
internal sealed class MailTransports : IMailTransports, IDisposable
{
    private readonly Lock gate = new();
    private readonly Dictionary<int, SmtpTransport> accounts = [];
    private readonly AccessTokens? configured;
    private readonly SenderSecrets secrets;
    private readonly AccountTokens tokens;
    private readonly Func<SmtpServer, SmtpTransport> make;

    public MailTransports(
        IOptions<MailOptions> options, IOptions<DispatchOptions> dispatch, MailComposer composer, SenderSecrets secrets, SafeHttp http, IServiceScopeFactory scopes,
        TimeProvider clock, ILoggerFactory loggers)
    {
        this.secrets = secrets;
        tokens = new AccountTokens(secrets, http, scopes, loggers.CreateLogger<AccountTokens>());
        make = server => new SmtpTransport(server, dispatch.Value.MessageLimit, composer, clock, loggers.CreateLogger<SmtpTransport>());
        if (options.Value.Transport == MailTransportKind.Smtp)
        {
            var smtp = options.Value.Smtp;
            configured = smtp.OAuth.IsSet ? new AccessTokens(smtp.OAuth, "Mail__Smtp__OAuth__", http) : null;
            Default = make(new SmtpServer(smtp) { Tokens = configured });
        }
        else
        {
            Default = new PickupTransport(options, composer, loggers.CreateLogger<PickupTransport>());
        }
    }

    public IMailTransport Default { get; }

    public IMailTransport Of(SenderAccount account)
    {
        ArgumentNullException.ThrowIfNull(account);
        if (Default.StaysHere || string.IsNullOrWhiteSpace(account.Host)) return Default;
        lock (gate)
        {
            var known = accounts.GetValueOrDefault(account.Id);
            // A row that was read before another's change may come late; the next look settles it.
            return known?.Server.Version == account.Version ? known : accounts[account.Id] = make(ServerOf(account, known?.Server));
        }
    }

    public void Dispose() => configured?.Dispose();

    private SmtpServer ServerOf(SenderAccount account, SmtpServer? before)
    {
        var smtp = new SmtpOptions
        {
            Host = account.Host!.Trim(),
            Port = account.Port ?? new SmtpOptions().Port,
            UserName = account.UserName,
            Security = account.Security,
            MaxConnections = account.MaxConnections,
        };
        var server = new SmtpServer(smtp) { Account = account.Id, Version = account.Version };
        try
        {
            // An access token is for one user of one server.
            var same = before?.Options.Host == smtp.Host && before?.Options.UserName == smtp.UserName;
            return server with { Options = smtp with { Password = secrets.PasswordOf(account) }, Tokens = tokens.Of(account, same ? before?.Tokens : null) };
        }
        catch (CryptographicException)
        {
            return server with { Fault = "What the sender account signs in with cannot be read, since the keys it was encrypted with are gone: enter it again" };
        }
    }
}
