namespace InfluencerCrm.Core.SendOuts;

/// <summary>The root key <c>PublicUrl</c>: where recipients of mails reach this installation.</summary>
public sealed record PublicAddress
{
    public string PublicUrl { get; init; } = "http://localhost:5080";

    /// <summary>An absolute http or https address without query.</summary>
    public bool IsValid => Uri.TryCreate(PublicUrl, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && uri is { Query.Length: 0, Fragment.Length: 0, UserInfo.Length: 0 };

    /// <summary>Links in mails can be trusted: nobody between the recipient and us reads or changes them.</summary>
    public bool IsPrivate => Uri.TryCreate(PublicUrl, UriKind.Absolute, out var uri) && (uri.Scheme == Uri.UriSchemeHttps || uri.IsLoopback);

    /// <summary>The one-click unsubscribe of a message.</summary>
    public string Unsubscribe(string token) => $"{Root}/u/{token}";

    /// <summary>Where a person confirms that their data are to be erased.</summary>
    public string Erasure(string token) => $"{Root}/u/erase/{token}";

    /// <summary>Where the recipient of a teaser accepts or declines the story's embargo.</summary>
    public string Embargo(string token, string secret) => $"{Root}/embargo/{token}/{secret}";

    /// <summary>A story's file, for the recipient of a message.</summary>
    public string Asset(int storyAssetId, string token) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Root}/assets/{storyAssetId}/{token}");

    private string Root => PublicUrl.TrimEnd('/');
}
