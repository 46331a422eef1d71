using System.Runtime.CompilerServices;
using InfluencerCrm.Core.Inbound.Mailboxes;
using InfluencerCrm.Mail.Reading;
using MailKit;
using MailKit.Net.Imap;
using MailKit.Search;

namespace InfluencerCrm.Mail.Inbox;

/// <summary>The inbox, opened with EXAMINE and read with BODY.PEEK: nothing in it is changed, not even what counts as seen.</summary>
internal sealed class ImapInbox : IMailboxFolder
{
    /// <summary>Mails whose sizes are asked for at once.</summary>
    private const int Page = 200;

    private static readonly TimeSpan IdleGrace = TimeSpan.FromSeconds(30);

    private readonly ImapConnection connection;
    private readonly InboxOptions options;
    private readonly IMailFolder folder;
    private CancellationTokenSource? idling;
    private volatile bool changed;

    private ImapInbox(ImapConnection connection, InboxOptions options, IMailFolder folder)
    {
        this.connection = connection;
        this.options = options;
        this.folder = folder;

        // Said with any command, not with IDLE alone: what comes while mails are read must not wait for the next look.
        folder.CountChanged += (_, _) => Wake();
    }

    public long Validity => folder.UidValidity;

    public static async Task<ImapInbox> OpenAsync(InboxOptions options, AccessTokens tokens, CancellationToken ct)
    {
        var connection = await ImapConnection.OpenAsync(options, tokens, ct);
        try
        {
            var inbox = new ImapInbox(connection, options, connection.Client.Inbox);
            await connection.WithinAsync(ImapConnection.CommandLimit, token => inbox.folder.OpenAsync(FolderAccess.ReadOnly, token), ct);
            return inbox;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    public async IAsyncEnumerable<MailboxEntry> NewAsync(long afterUid, DateTime since, [EnumeratorCancellation] CancellationToken ct)
    {
        changed = false;
        if (afterUid >= uint.MaxValue)
        {
            yield break;
        }

        // The server compares days, in a zone of its own.
        var query = SearchQuery.Uids(new UniqueIdRange(folder.UidValidity, (uint)afterUid + 1, uint.MaxValue)).And(SearchQuery.DeliveredAfter(since.AddDays(-1).Date));
        var found = await connection.WithinAsync(ImapConnection.CommandLimit, token => folder.SearchAsync(query, token), ct);

        // A range that ends with the last mail holds it always, also when it begins behind it (RFC 3501 §6.4.8).
        foreach (var page in found.Where(u => u.Id > afterUid).OrderBy(u => u.Id).Chunk(Page))
        {
            var request = new FetchRequest(MessageSummaryItems.UniqueId | MessageSummaryItems.Size);
            var sizes = await connection.WithinAsync(ImapConnection.CommandLimit, token => folder.FetchAsync(page, request, token), ct);
            foreach (var mail in sizes.OrderBy(s => s.UniqueId.Id))
            {
                yield return new MailboxEntry(mail.UniqueId.Id, mail.Size ?? 0);
            }
        }
    }

    public Task<ReadOnlyMemory<byte>?> ReadAsync(long uid, CancellationToken ct) =>
        TransferAsync(token => folder.GetStreamAsync(Uid(uid), token), ct);

    public Task<ReadOnlyMemory<byte>?> ReadHeaderAsync(long uid, CancellationToken ct) =>
        TransferAsync(token => folder.GetStreamAsync(Uid(uid), "HEADER", 0, ReadLimits.HeaderBytes, token), ct);

    public async Task WaitAsync(CancellationToken ct)
    {
        if (changed)
        {
            return;
        }

        if (!connection.Client.Capabilities.HasFlag(ImapCapabilities.Idle))
        {
            await Task.Delay(TimeSpan.FromSeconds(options.PollSeconds), TimeProvider.System, ct);
            await connection.WithinAsync(ImapConnection.CommandLimit, token => connection.Client.NoOpAsync(token), ct);
            return;
        }

        var wait = TimeSpan.FromSeconds(options.IdleSeconds);
        using var done = CancellationTokenSource.CreateLinkedTokenSource(ct);
        done.CancelAfter(wait);
        idling = done;
        try
        {
            if (!changed)
            {
                // Stopping ends it like a mail does, so that the server is told.
                await connection.WithinAsync(wait + IdleGrace, token => connection.Client.IdleAsync(done.Token, token), CancellationToken.None);
            }
        }
        finally
        {
            idling = null;
        }
    }

    public ValueTask DisposeAsync() => connection.DisposeAsync();

    private UniqueId Uid(long uid) => new(folder.UidValidity, (uint)uid);

    private async Task<ReadOnlyMemory<byte>?> TransferAsync(Func<CancellationToken, Task<Stream>> read, CancellationToken ct)
    {
        try
        {
            return await connection.WithinAsync<ReadOnlyMemory<byte>?>(
                ImapConnection.TransferLimit,
                async token =>
                {
                    await using var stream = await read(token);
                    var bytes = new byte[stream.Length];
                    await stream.ReadExactlyAsync(bytes, token);
                    return bytes;
                },
                ct);
        }
        catch (MessageNotFoundException)
        {
            return null;
        }
    }

    private void Wake()
    {
        changed = true;
        try
        {
            idling?.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // It has just ended.
        }
    }
}
