namespace InfluencerCrm.Core.SendOuts;

/// <summary>One mail as the dispatcher hands it over: rendered, and complete enough that composing it twice gives the same bytes.</summary>
public sealed record OutgoingMail
{
    /// <summary>Without angle brackets: <c>token@domain</c> (RFC 5322 §3.6.4).</summary>
    public required string InternetMessageId { get; init; }

    /// <summary>The Date header; comes from the message's row so that composing is deterministic.</summary>
    public required DateTime Date { get; init; }

    public required string FromName { get; init; }

    public required string FromAddress { get; init; }

    /// <summary>Return path of the envelope; carries the message's token (VERP) so that bounces find their row.</summary>
    public required string EnvelopeFrom { get; init; }

    public string? ReplyTo { get; init; }

    public string? ToName { get; init; }

    public required string ToAddress { get; init; }

    public required string Subject { get; init; }

    public required string TextBody { get; init; }

    public required string HtmlBody { get; init; }

    /// <summary>BCP 47, for Content-Language.</summary>
    public string? Language { get; init; }

    /// <summary>Https address of the one-click unsubscribe (RFC 8058); null for mails that carry none (tests, notices to users).</summary>
    public string? UnsubscribeUrl { get; init; }

    /// <summary>Message-ID (without brackets) of the mail this one answers or follows.</summary>
    public string? InReplyTo { get; init; }

    public IReadOnlyList<string> References { get; init; } = [];

    public IReadOnlyList<MailAttachment> Attachments { get; init; } = [];
}

/// <summary>A file that travels in the mail.</summary>
/// <param name="FileName">Name shown to the recipient.</param>
/// <param name="MediaType">For example <c>application/pdf</c>.</param>
public sealed record MailAttachment(string FileName, string MediaType, ReadOnlyMemory<byte> Content);
