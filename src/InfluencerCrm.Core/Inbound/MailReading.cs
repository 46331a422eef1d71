namespace InfluencerCrm.Core.Inbound;

/// <summary>What one mail says; texts as they were sent, bounded in length.</summary>
public sealed record MailReading
{
    public required InboundKind Kind { get; init; }

    /// <summary>The mail's own Message-ID, without angle brackets.</summary>
    public string? MessageId { get; init; }

    /// <summary>Who wrote it, by its From header.</summary>
    public string? FromAddress { get; init; }

    public string? Subject { get; init; }

    /// <summary>By its Date header; UTC.</summary>
    public DateTime? Date { get; init; }

    /// <summary>Message-IDs of the mails it answers or reports on, and addresses it was sent to: where a token of ours may stand.</summary>
    public IReadOnlyList<string> Clues { get; init; } = [];

    /// <summary>The addresses of To and Cc.</summary>
    public IReadOnlyList<string> AddressedTo { get; init; } = [];

    /// <summary>Other addresses it came to: of Bcc, where it shows, and of the envelope.</summary>
    public IReadOnlyList<string> DeliveredTo { get; init; } = [];

    /// <summary>What mail servers on its way say to have checked, the last server first. Anybody can write such a header.</summary>
    public IReadOnlyList<SignatureCheck> Checks { get; init; } = [];

    /// <summary>Of a report, what it says about each recipient; of a complaint, who complains.</summary>
    public IReadOnlyList<RecipientReport> Recipients { get; init; } = [];

    /// <summary>What the person wrote, without quoted text and signature; null for reports.</summary>
    public string? ReplyText { get; init; }

    /// <summary>Of an auto-reply: the first day the person is back, where it can be read.</summary>
    public DateOnly? BackOn { get; init; }
}

/// <summary>What a report says about one recipient.</summary>
public sealed record RecipientReport
{
    /// <summary>Null: the report does not say, or hides it.</summary>
    public string? Recipient { get; init; }

    /// <summary>The address the mail was sent to at first, where the report tells it apart.</summary>
    public string? OriginalRecipient { get; init; }

    public required ReportedAction Action { get; init; }

    /// <summary>RFC 3463, for example <c>5.1.1</c>.</summary>
    public string? Status { get; init; }

    /// <summary>The server's words, one line.</summary>
    public string? Reason { get; init; }

    /// <summary>Of a failure.</summary>
    public BounceType? Type { get; init; }
}

/// <summary>That a server checked DKIM signatures (RFC 8601).</summary>
/// <param name="Server">As it calls itself.</param>
/// <param name="SignedBy">Domains whose signature was good.</param>
public sealed record SignatureCheck(string Server, IReadOnlyList<string> SignedBy);
