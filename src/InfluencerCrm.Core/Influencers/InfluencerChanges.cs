using InfluencerCrm.Core.Data;

namespace InfluencerCrm.Core.Influencers;

/// <summary>What may be sent for an influencer. Scores, stage and times of the last contact are computed.</summary>
public sealed record InfluencerChanges
{
    public Optional<InfluencerKind> Kind { get; init; }

    public Optional<bool> IsDesk { get; init; }

    /// <summary>Empty: first and last name put together.</summary>
    public Optional<string> DisplayName { get; init; }

    public Optional<string?> FirstName { get; init; }

    public Optional<string?> LastName { get; init; }

    /// <summary>Sets the primary e-mail contact point.</summary>
    public Optional<string?> Email { get; init; }

    /// <summary>Sets the primary phone contact point.</summary>
    public Optional<string?> Phone { get; init; }

    /// <summary>Sets the status of the primary e-mail contact point.</summary>
    public Optional<EmailStatus> EmailStatus { get; init; }

    /// <summary>ISO 3166-1 alpha-2.</summary>
    public Optional<string?> Country { get; init; }

    public Optional<string?> City { get; init; }

    public Optional<string?> CoverageArea { get; init; }

    /// <summary>BCP 47; the language the person is written to in.</summary>
    public Optional<string?> Language { get; init; }

    /// <summary>BCP 47; all languages the person works in.</summary>
    public Optional<List<string>?> Languages { get; init; }

    /// <summary>IANA name, for example <c>Europe/Paris</c>.</summary>
    public Optional<string?> TimeZone { get; init; }

    public Optional<string?> Bio { get; init; }

    public Optional<string?> About { get; init; }

    public Optional<bool> Vip { get; init; }

    public Optional<string?> PhotoUrl { get; init; }

    public Optional<int?> Audience { get; init; }

    public Optional<string?> PreferredChannel { get; init; }

    public Optional<DateTime?> AwayUntil { get; init; }

    public Optional<int?> AwayDelegateId { get; init; }

    public Optional<bool> DoNotContact { get; init; }

    public Optional<string?> DoNotContactReason { get; init; }

    /// <summary>A hint only: an embargo holds by an agreement on one story.</summary>
    public Optional<bool?> AcceptsEmbargo { get; init; }

    public Optional<string?> LawfulBasis { get; init; }

    public Optional<string?> DataSource { get; init; }

    public Optional<DateTime?> NoticeSentAt { get; init; }

    public Optional<DateTime?> VerifiedAt { get; init; }

    public Optional<List<string>?> Tags { get; init; }
}
