using InfluencerCrm.Core.Influencers;

namespace InfluencerCrm.Core.Inbound.ByHand;

/// <summary>Section <c>Mail:Logging</c>: a mail that a user sends by hand enters the history when the user's secret address is among its recipients.</summary>
public sealed record LoggingOptions
{
    public const string Section = "Mail:Logging";

    /// <summary>What the secret addresses are made of: of <c>log@crm.example</c> comes <c>log+secret@crm.example</c>. Empty: no mail is logged.</summary>
    public string? Address { get; init; }

    /// <summary>How our own mail server calls itself in Authentication-Results (RFC 8601); empty: nobody vouches for senders, so each logged mail waits for a person.</summary>
    public string? AuthServId { get; init; }

    public bool IsValid => string.IsNullOrWhiteSpace(Address) || (AddressKey.Of(Address) is { } key && !key[..key.LastIndexOf('@')].Contains('+', StringComparison.Ordinal));
}
