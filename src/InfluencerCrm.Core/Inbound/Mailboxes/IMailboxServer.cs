using InfluencerCrm.Core.SendOuts;

namespace InfluencerCrm.Core.Inbound.Mailboxes;

/// <summary>Port: the mail account that replies and reports come to.</summary>
public interface IMailboxServer
{
    /// <summary>User and server, as positions are kept under; null: no mailbox is set up.</summary>
    string? Account { get; }

    /// <summary>Connects and opens the inbox, without a right to change anything in it.</summary>
    /// <exception cref="MailboxFault">It cannot be reached, or refuses us.</exception>
    Task<IMailboxFolder> OpenInboxAsync(CancellationToken ct);

    /// <summary>Whether what leaves by SMTP is copied into the account's folder of sent mails.</summary>
    bool KeepsSent { get; }

    /// <summary>Connects and opens the folder of sent mails; makes it if there is none.</summary>
    /// <exception cref="MailboxFault">It cannot be reached, or refuses us.</exception>
    Task<ISentFolder> OpenSentAsync(CancellationToken ct);
}

/// <summary>The folder of sent mails on a connection of its own; not for concurrent use. Every member throws <see cref="MailboxFault"/> when the server fails.</summary>
public interface ISentFolder : IAsyncDisposable
{
    /// <summary>Which of these Message-IDs (without brackets) lie there already, among mails since a time, a day of grace.</summary>
    Task<IReadOnlySet<string>> FindAsync(IReadOnlyList<string> messageIds, DateTime since, CancellationToken ct);

    /// <summary>Puts a mail there, as read.</summary>
    Task AppendAsync(OutgoingMail mail, DateTime sentAt, CancellationToken ct);
}

/// <summary>An open folder on a connection of its own; not for concurrent use. Every member throws <see cref="MailboxFault"/> when the server fails.</summary>
public interface IMailboxFolder : IAsyncDisposable
{
    /// <summary>UIDVALIDITY (RFC 3501 §2.3.1.1): with another value, UIDs kept from before mean nothing.</summary>
    long Validity { get; }

    /// <summary>The mails behind a UID that came at or after a time (by the server's date, a day of grace), lowest UID first.</summary>
    IAsyncEnumerable<MailboxEntry> NewAsync(long afterUid, DateTime since, CancellationToken ct);

    /// <summary>The whole mail, as it came; null: it is not there any more.</summary>
    Task<ReadOnlyMemory<byte>?> ReadAsync(long uid, CancellationToken ct);

    /// <summary>The beginning of its header; null: it is not there any more.</summary>
    Task<ReadOnlyMemory<byte>?> ReadHeaderAsync(long uid, CancellationToken ct);

    /// <summary>Until there may be something new: the server says so, or it is time to look anyway.</summary>
    Task WaitAsync(CancellationToken ct);
}

/// <summary>A mail that lies in a folder.</summary>
public sealed record MailboxEntry(long Uid, long Bytes);

/// <summary>The mail account cannot be reached, refuses us, or went away; the message says how, without secrets.</summary>
public sealed class MailboxFault(string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>The server answered, and refused this one command.</summary>
    public bool IsRefusal { get; init; }
}
