using System.Collections.Concurrent;
using System.Security.Cryptography;
using InfluencerCrm.Core.SendOuts;
using InfluencerCrm.Core.SendOuts.Dispatch;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace InfluencerCrm.Mail;

/// <summary>The configuration's transport, and one for each sender account with a server of its own, kept while its row stays as it is.</summary>
internal sealed class MailTransports : IMailTransports
{
    private readonly ConcurrentDictionary<int, SmtpTransport> accounts = new();
    private readonly MailOptions options;
    private readonly TimeSpan limit;
    private readonly MailComposer composer;
    private readonly SenderSecrets secrets;
    private readonly TimeProvider clock;
    private readonly ILogger<SmtpTransport> logger;

    public MailTransports(
        IOptions<MailOptions> options, IOptions<DispatchOptions> dispatch, MailComposer composer, SenderSecrets secrets, TimeProvider clock, ILogger<SmtpTransport> logger,
        ILogger<PickupTransport> pickup)
    {
        this.options = options.Value;
        limit = dispatch.Value.MessageLimit;
        this.composer = composer;
        this.secrets = secrets;
        this.clock = clock;
        this.logger = logger;
        Default = this.options.Transport == MailTransportKind.Smtp
            ? new SmtpTransport(new SmtpServer(this.options.Smtp), limit, composer, clock, logger)
            : new PickupTransport(options, composer, pickup);
    }

    public IMailTransport Default { get; }

    public IMailTransport Of(SenderAccount account)
    {
        ArgumentNullException.ThrowIfNull(account);
        if (Default.StaysHere || string.IsNullOrWhiteSpace(account.Host)) return Default;

        // A row that was read before another's change may come late: then both exist for a moment, and the next look settles it.
        return accounts.AddOrUpdate(account.Id, _ => Make(account), (_, known) => known.Version == account.Version ? known : Make(account));
    }

    private SmtpTransport Make(SenderAccount account) => new(ServerOf(account), limit, composer, clock, logger);

    private SmtpServer ServerOf(SenderAccount account)
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
            return server with { Options = smtp with { Password = secrets.PasswordOf(account) } };
        }
        catch (CryptographicException)
        {
            return server with { Fault = "The password of the sender account cannot be read, since the keys it was encrypted with are gone: enter it again" };
        }
    }
}
