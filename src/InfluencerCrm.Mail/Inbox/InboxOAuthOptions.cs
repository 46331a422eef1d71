namespace InfluencerCrm.Mail.Inbox;

/// <summary>Section <c>Mail:Inbox:OAuth</c>: for providers that take no passwords any more. Off while <see cref="TokenEndpoint"/> is empty.</summary>
public sealed record InboxOAuthOptions
{
    /// <summary>Where access tokens are fetched (RFC 6749 §6), such as <c>https://oauth2.googleapis.com/token</c>.</summary>
    public string? TokenEndpoint { get; init; }

    public string? ClientId { get; init; }

    /// <summary>Empty for clients that have none.</summary>
    public string? ClientSecret { get; init; }

    /// <summary>What a person allowed once; it has to stay usable, so the provider must not replace it at each use.</summary>
    public string? RefreshToken { get; init; }

    /// <summary>Only for providers that ask for it with each refresh.</summary>
    public string? Scope { get; init; }

    internal bool IsSet => !string.IsNullOrWhiteSpace(TokenEndpoint);
}
