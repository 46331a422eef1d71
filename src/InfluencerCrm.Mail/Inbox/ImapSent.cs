using InfluencerCrm.Core.Inbound.Mailboxes;
using InfluencerCrm.Core.SendOuts;
using MailKit;
using MailKit.Net.Imap;
using MailKit.Search;

namespace InfluencerCrm.Mail.Inbox;

/// <summary>The folder of sent mails: the one the server calls so (RFC 6154), else one with a usual name, else a new one.</summary>
internal sealed class ImapSent : ISentFolder
{
    private const string NewName = "Sent";

    // As mail programs name it, in the six languages of the product.
    private static readonly HashSet<string> Names = new(StringComparer.OrdinalIgnoreCase)
    {
        NewName, "Sent Items", "Sent Messages", "Sent Mail", "Sent-Mail", "Envoyés", "Éléments envoyés", "Messages envoyés", "Gesendet", "Gesendete Elemente", "Gesendete Objekte",
        "Enviados", "Elementos enviados", "Mensajes enviados", "Inviati", "Posta inviata", "Inviata", "Elementi inviati", "Verzonden", "Verzonden items", "Verzonden berichten",
    };

    private readonly ImapConnection connection;
    private readonly MailComposer composer;
    private readonly IMailFolder folder;

    private ImapSent(ImapConnection connection, MailComposer composer, IMailFolder folder)
    {
        this.connection = connection;
        this.composer = composer;
        this.folder = folder;
    }

    public static async Task<ImapSent> OpenAsync(InboxOptions options, AccessTokens tokens, MailComposer composer, CancellationToken ct)
    {
        var connection = await ImapConnection.OpenAsync(options, tokens, ct);
        try
        {
            var folder = await connection.WithinAsync(ImapConnection.CommandLimit, token => FindFolderAsync(connection.Client, token), ct);
            await connection.WithinAsync(ImapConnection.CommandLimit, token => folder.OpenAsync(FolderAccess.ReadOnly, token), ct);
            return new ImapSent(connection, composer, folder);
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    public async Task<IReadOnlySet<string>> FindAsync(IReadOnlyList<string> messageIds, DateTime since, CancellationToken ct)
    {
        // By the days of the server, in a zone of its own; without them a large folder would be read whole each time.
        var any = messageIds.Select(id => (SearchQuery)SearchQuery.HeaderContains("Message-Id", id)).Aggregate((a, b) => a.Or(b));
        var query = SearchQuery.DeliveredAfter(since.AddDays(-1).Date).And(any);
        var found = await connection.WithinAsync(ImapConnection.TransferLimit, token => folder.SearchAsync(query, token), ct);
        if (found.Count == 0)
        {
            return new HashSet<string>();
        }

        var mails = await connection.WithinAsync(ImapConnection.CommandLimit, token => folder.FetchAsync(found, new FetchRequest(MessageSummaryItems.Envelope), token), ct);
        return mails.Select(m => m.Envelope?.MessageId).OfType<string>().ToHashSet(StringComparer.Ordinal);
    }

    public async Task AppendAsync(OutgoingMail mail, DateTime sentAt, CancellationToken ct)
    {
        using var composed = Compose(mail);
        if (composed.NeedsUtf8)
        {
            throw new MailboxFault("a mail with an address outside ASCII is not copied") { IsRefusal = true };
        }

        var request = new AppendRequest(composed.Message, MessageFlags.Seen, new DateTimeOffset(DateTime.SpecifyKind(sentAt, DateTimeKind.Utc)));
        await connection.WithinAsync(ImapConnection.TransferLimit, token => folder.AppendAsync(composed.Format, request, token), ct);
    }

    public ValueTask DisposeAsync() => connection.DisposeAsync();

    private ComposedMail Compose(OutgoingMail mail)
    {
        try
        {
            return composer.Build(mail);
        }
        catch (ArgumentException e)
        {
            throw new MailboxFault($"the mail cannot be written any more: {e.Message}", e) { IsRefusal = true };
        }
    }

    private static async Task<IMailFolder> FindFolderAsync(ImapClient client, CancellationToken ct)
    {
        if ((client.Capabilities & (ImapCapabilities.SpecialUse | ImapCapabilities.XList)) != 0 && client.GetFolder(SpecialFolder.Sent) is { } special)
        {
            return special;
        }

        var root = client.GetFolder(client.PersonalNamespaces.Count > 0 ? client.PersonalNamespaces[0] : new FolderNamespace('/', ""));
        var named = (await root.GetSubfoldersAsync(false, ct)).Where(f => Names.Contains(f.Name) && !f.Attributes.HasFlag(FolderAttributes.NonExistent) && !f.Attributes.HasFlag(FolderAttributes.NoSelect)).ToList();
        return named.Find(f => f.Name.Equals(NewName, StringComparison.OrdinalIgnoreCase)) ?? (named.Count > 0 ? named[0] : await CreateAsync(client, root, ct));
    }

    private static async Task<IMailFolder> CreateAsync(ImapClient client, IMailFolder root, CancellationToken ct)
    {
        var made = client.Capabilities.HasFlag(ImapCapabilities.CreateSpecialUse)
            ? await root.CreateAsync(NewName, SpecialFolder.Sent, ct)
            : await root.CreateAsync(NewName, isMessageFolder: true, ct);
        return made ?? throw new MailboxFault($"The IMAP server has no folder of sent mails, and none named {NewName} could be made.");
    }
}
