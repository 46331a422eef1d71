namespace InfluencerCrm.Api.Protocol;

/// <summary>Section <c>Cors</c>: web pages of other sites that may use the API from a browser, with an API key; never with somebody's session.</summary>
public sealed class CorsOptions
{
    public const string Section = "Cors";

    /// <summary>Origins such as <c>https://app.example.org</c>, with commas between; <c>*</c> is every site. Empty: none.</summary>
    public string Origins { get; set; } = "";

    public IReadOnlyList<string> List => Origins.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    public bool IsValid => List.All(o => o == "*" || (Uri.TryCreate(o, UriKind.Absolute, out var origin) && origin.Scheme is "http" or "https" && origin.GetLeftPart(UriPartial.Authority) == o));
}
