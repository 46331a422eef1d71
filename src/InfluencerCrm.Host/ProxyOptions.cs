using System.Net;

namespace InfluencerCrm.Host;

/// <summary>Section <c>Proxy</c>: who stands before the product and may say for whom it asks.</summary>
public sealed class ProxyOptions
{
    public const string Section = "Proxy";

    /// <summary>Addresses (<c>10.0.0.5</c>) and networks (<c>10.0.0.0/8</c>) of proxies, with commas between. Empty: nobody's <c>X-Forwarded-*</c> headers are believed.</summary>
    public string Known { get; set; } = "";

    public IReadOnlyList<IPAddress> Addresses => [.. List.Where(p => !p.Contains('/', StringComparison.Ordinal)).Select(IPAddress.Parse)];

    public IReadOnlyList<IPNetwork> Networks => [.. List.Where(p => p.Contains('/', StringComparison.Ordinal)).Select(p => IPNetwork.Parse(p))];

    public bool IsValid => List.All(p => p.Contains('/', StringComparison.Ordinal) ? IPNetwork.TryParse(p, out _) : IPAddress.TryParse(p, out var address) && IsWhole(p, address));

    private IReadOnlyList<string> List => Known.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    // 10.1 is 10.0.0.1 to the parser, and hardly to who wrote it.
    private static bool IsWhole(string text, IPAddress address) => address.AddressFamily != System.Net.Sockets.AddressFamily.InterNetwork || address.ToString() == text;
}
