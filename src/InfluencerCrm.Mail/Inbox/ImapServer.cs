using InfluencerCrm.Core.Inbound.Mailboxes;
using Microsoft.Extensions.Options;

namespace InfluencerCrm.Mail.Inbox;

/// <summary>The account of section <c>Mail:Inbox</c>, by IMAP.</summary>
internal sealed class ImapServer(IOptions<MailOptions> options) : IMailboxServer
{
    private readonly InboxOptions inbox = options.Value.Inbox;

    public string? Account => inbox.IsSet ? $"{inbox.UserName} on {inbox.Host!.ToLowerInvariant()}" : null;

    public async Task<IMailboxFolder> OpenInboxAsync(CancellationToken ct) => await ImapInbox.OpenAsync(inbox, ct);
}
