using InfluencerCrm.Core.Inbound.Mailboxes;
using Microsoft.Extensions.Options;

namespace InfluencerCrm.Mail.Inbox;

/// <summary>The account of section <c>Mail:Inbox</c>, by IMAP.</summary>
internal sealed class ImapServer(IOptions<MailOptions> options, MailComposer composer) : IMailboxServer
{
    private readonly InboxOptions inbox = options.Value.Inbox;

    public string? Account => inbox.IsSet ? $"{inbox.UserName} on {inbox.Host!.ToLowerInvariant()}" : null;

    public bool KeepsSent => inbox is { IsSet: true, KeepSent: true } && options.Value.Transport == MailTransportKind.Smtp;

    public async Task<ISentFolder> OpenSentAsync(CancellationToken ct) => await ImapSent.OpenAsync(inbox, composer, ct);

    public async Task<IMailboxFolder> OpenInboxAsync(CancellationToken ct) => await ImapInbox.OpenAsync(inbox, ct);
}
