namespace InfluencerCrm.Mail;

/// <summary>Section <c>Mail:Dkim</c>: domain, selector and key together, or none when the mail server signs; a second selector with its key where two kinds of key sign.</summary>
public sealed record DkimOptions
{
    /// <summary>The signing domain (<c>d=</c>); for DMARC it should be that of the From address.</summary>
    public string? Domain { get; init; }

    /// <summary>The record <c>selector._domainkey.domain</c> holds the public key.</summary>
    public string? Selector { get; init; }

    /// <summary>PEM file with an RSA or Ed25519 private key. Not every receiver verifies Ed25519 yet; RSA with 2048 bits is understood everywhere.</summary>
    public string? PrivateKeyPath { get; init; }

    /// <summary>Signs each mail a second time, so that an RSA and an Ed25519 key stand side by side (RFC 8463) or an old and a new one.</summary>
    public string? SecondSelector { get; init; }

    /// <summary>PEM file of the second selector's private key.</summary>
    public string? SecondPrivateKeyPath { get; init; }

    internal bool IsSet => IsGiven(Domain) || IsGiven(Selector) || IsGiven(PrivateKeyPath) || HasSecond;

    internal bool IsWhole => IsGiven(Domain) && IsGiven(Selector) && IsGiven(PrivateKeyPath);

    internal bool HasSecond => IsGiven(SecondSelector) || IsGiven(SecondPrivateKeyPath);

    internal bool HasWholeSecond => IsGiven(SecondSelector) && IsGiven(SecondPrivateKeyPath);

    private static bool IsGiven(string? text) => !string.IsNullOrWhiteSpace(text);
}
