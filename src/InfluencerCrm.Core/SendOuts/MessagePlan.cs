namespace InfluencerCrm.Core.SendOuts;

/// <summary>What scheduling decides for one person: a message to be sent at a time, or the reason why there is none.</summary>
public sealed record MessagePlan
{
    public required int InfluencerId { get; init; }

    public required MessageChannel Channel { get; init; }

    public string? ToName { get; init; }

    public string? ToAddress { get; init; }

    /// <summary>The normalised address; not kept on a skipped row, where it would claim the address.</summary>
    public string? AddressKey { get; init; }

    /// <summary>BCP 47, of the text that was chosen; null where nothing says which it is in.</summary>
    public string? Language { get; init; }

    /// <summary>BCP 47, of the person: how dates and numbers are written.</summary>
    public string? Locale { get; init; }

    public string? Subject { get; init; }

    public int? VariantId { get; init; }

    /// <summary>JSON of <see cref="PersonValues"/>: this person's part of the template's values, so that the mail can be rendered again as it was.</summary>
    public string? Values { get; init; }

    /// <summary>Of the sender's address; the Message-ID is the row's token at it.</summary>
    public string? MessageIdDomain { get; init; }

    public DateTime? DueAt { get; init; }

    public SkipReason? SkipReason { get; init; }
}
