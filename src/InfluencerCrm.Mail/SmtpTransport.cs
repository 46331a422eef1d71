using InfluencerCrm.Core.SendOuts;
using InfluencerCrm.Core.SendOuts.Dispatch;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace InfluencerCrm.Mail;

/// <summary>Hands mails to one SMTP server, a kept connection for each worker.</summary>
public sealed class SmtpTransport : IMailTransport
{
    private readonly SmtpOptions smtp;
    private readonly TimeSpan limit;
    private readonly MailComposer composer;
    private readonly TimeProvider clock;
    private readonly ILogger<SmtpTransport> logger;

    public SmtpTransport(IOptions<MailOptions> options, IOptions<DispatchOptions> dispatch, MailComposer composer, TimeProvider clock, ILogger<SmtpTransport> logger)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(dispatch);
        smtp = options.Value.Smtp;
        limit = dispatch.Value.MessageLimit;
        this.composer = composer;
        this.clock = clock;
        this.logger = logger;
    }

    public string Destination => $"{smtp.Host}:{smtp.Port}";

    public bool StaysHere => false;

    public int MaxConnections => smtp.MaxConnections;

    public int? MessagesPerMinute => smtp.MessagesPerMinute;

    public IMailConnection Open() => new SmtpConnection(smtp, limit, composer, clock, logger);
}
