namespace InfluencerCrm.Mail;

/// <summary>
/// Sections <c>Mail:Inbox:OAuth</c> and <c>Mail:Smtp:OAuth</c>, and sender accounts: for providers that take no passwords any more. Off while
/// <see cref="TokenEndpoint"/> is empty.
/// </summary>
public sealed record OAuthOptions
{
    /// <summary>Where access tokens are fetched (RFC 6749 §6), such as <c>https://oauth2.googleapis.com/token</c>.</summary>
    public string? TokenEndpoint { get; init; }

    public string? ClientId { get; init; }

    /// <summary>Empty for clients that have none.</summary>
    public string? ClientSecret { get; init; }

    /// <summary>What a person allowed once. A sender account keeps the one a provider replaces it with; a configuration cannot, so there it has to stay usable.</summary>
    public string? RefreshToken { get; init; }

    /// <summary>Only for providers that ask for it with each refresh.</summary>
    public string? Scope { get; init; }

    internal bool IsSet => !string.IsNullOrWhiteSpace(TokenEndpoint);
}
