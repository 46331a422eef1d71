using InfluencerCrm.Core.Data;

namespace InfluencerCrm.Core.SendOuts;

/// <summary>What may be sent for a sender account.</summary>
public sealed record SenderAccountChanges
{
    public Optional<string> Name { get; init; }

    public Optional<string?> FromName { get; init; }

    public Optional<string> FromAddress { get; init; }

    public Optional<List<int>> ClientIds { get; init; }

    public Optional<List<int>> UserIds { get; init; }

    public Optional<int?> PerMinute { get; init; }

    public Optional<int?> PerDay { get; init; }

    public Optional<SenderAccountState> State { get; init; }

    public Optional<MailProvider?> Provider { get; init; }

    public Optional<string?> Host { get; init; }

    public Optional<int?> Port { get; init; }

    public Optional<SmtpSecurity> Security { get; init; }

    public Optional<int> MaxConnections { get; init; }

    public Optional<string?> UserName { get; init; }

    /// <summary>Write-only; null removes it.</summary>
    public Optional<string?> Password { get; init; }

    public Optional<string?> OauthTokenEndpoint { get; init; }

    public Optional<string?> OauthClientId { get; init; }

    public Optional<string?> OauthScope { get; init; }

    /// <summary>Write-only; null removes it.</summary>
    public Optional<string?> OauthClientSecret { get; init; }

    /// <summary>Write-only; what a person allowed once. Null removes it.</summary>
    public Optional<string?> OauthRefreshToken { get; init; }
}
