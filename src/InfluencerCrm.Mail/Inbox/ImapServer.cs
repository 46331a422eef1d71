using InfluencerCrm.Core.Inbound.Mailboxes;
using InfluencerCrm.Core.Outbound;
using Microsoft.Extensions.Options;

namespace InfluencerCrm.Mail.Inbox;

/// <summary>The account of section <c>Mail:Inbox</c>, by IMAP.</summary>
internal sealed class ImapServer(IOptions<MailOptions> options, MailComposer composer, SafeHttp http) : IMailboxServer, IDisposable
{
    private readonly InboxOptions inbox = options.Value.Inbox;
    private readonly AccessTokens tokens = new(options.Value.Inbox.OAuth, "Mail__Inbox__OAuth__", http);

    public string? Account => inbox.IsSet ? $"{inbox.UserName} on {inbox.Host!.ToLowerInvariant()}" : null;

    public bool KeepsSent => inbox is { IsSet: true, KeepSent: true } && options.Value.Transport == MailTransportKind.Smtp;

    public async Task<ISentFolder> OpenSentAsync(CancellationToken ct) => await ImapSent.OpenAsync(inbox, tokens, composer, ct);

    public async Task<IMailboxFolder> OpenInboxAsync(CancellationToken ct) => await ImapInbox.OpenAsync(inbox, tokens, ct);

    public void Dispose() => tokens.Dispose();
}
