using InfluencerCrm.Core.SendOuts;
using Microsoft.Extensions.Logging;

namespace InfluencerCrm.Mail;

/// <summary>Hands mails to one SMTP server, a kept connection for each worker. It never changes: another version of a sender account is another transport.</summary>
public sealed class SmtpTransport : IMailTransport
{
    private readonly SmtpServer server;
    private readonly TimeSpan limit;
    private readonly MailComposer composer;
    private readonly TimeProvider clock;
    private readonly ILogger logger;

    internal SmtpTransport(SmtpServer server, TimeSpan limit, MailComposer composer, TimeProvider clock, ILogger logger)
    {
        this.server = server;
        this.limit = limit;
        this.composer = composer;
        this.clock = clock;
        this.logger = logger;
    }

    public string Destination => $"{server.Options.Host}:{server.Options.Port}";

    public bool StaysHere => false;

    public int MaxConnections => server.Options.MaxConnections;

    public int? MessagesPerMinute => server.Options.MessagesPerMinute;

    internal SmtpServer Server => server;

    public IMailConnection Open() => new SmtpConnection(server, limit, composer, clock, logger);
}
