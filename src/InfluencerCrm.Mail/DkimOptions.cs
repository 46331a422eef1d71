namespace InfluencerCrm.Mail;

/// <summary>Section <c>Mail:Dkim</c>: all three members, or none when the mail server signs.</summary>
public sealed record DkimOptions
{
    /// <summary>The signing domain (<c>d=</c>); for DMARC it should be that of the From address.</summary>
    public string? Domain { get; init; }

    /// <summary>The record <c>selector._domainkey.domain</c> holds the public key.</summary>
    public string? Selector { get; init; }

    /// <summary>PEM file with an RSA or Ed25519 private key. Not every receiver verifies Ed25519 yet; RSA with 2048 bits is understood everywhere.</summary>
    public string? PrivateKeyPath { get; init; }

    internal bool IsSet => !string.IsNullOrWhiteSpace(Domain) || !string.IsNullOrWhiteSpace(Selector) || !string.IsNullOrWhiteSpace(PrivateKeyPath);
}
