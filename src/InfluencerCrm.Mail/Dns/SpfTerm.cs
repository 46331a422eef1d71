using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace InfluencerCrm.Mail.Dns;

/// <summary>One term of an SPF record: a mechanism (<c>~include:example.org</c>) or a modifier (<c>redirect=example.org</c>).</summary>
internal readonly record struct SpfTerm(char Qualifier, string Name, string Value, bool IsModifier)
{
    /// <summary>As it stands in the record.</summary>
    public required string Text { get; init; }

    public bool AsksTheDns => !IsModifier && Name is "include" or "a" or "mx" or "ptr" or "exists";

    public bool IsKnown => AsksTheDns || Name is "all" or "ip4" or "ip6";

    /// <summary>A network is one; other mechanisms show their faults when they are followed.</summary>
    public bool IsWellFormed => Name switch
    {
        "ip4" => IsNetwork(AddressFamily.InterNetwork, 32),
        "ip6" => IsNetwork(AddressFamily.InterNetworkV6, 128),
        _ => IsKnown,
    };

    /// <summary>Whatever server asks, it passes.</summary>
    public bool AllowsAll => Qualifier == '+' && (Name == "all" || (Name is "ip4" or "ip6" && IsWellFormed && Value.EndsWith("/0", StringComparison.Ordinal)));

    public static SpfTerm Parse(string text)
    {
        var end = text.AsSpan().IndexOfAny(":/=");
        if (end >= 0 && text[end] == '=') return new SpfTerm('+', Lower(text[..end]), text[(end + 1)..], IsModifier: true) { Text = text };
        var qualifier = text[0] is '+' or '-' or '~' or '?' ? text[0] : '+';
        var name = end < 0 ? text : text[..end];
        return new SpfTerm(qualifier, Lower(name.TrimStart('+', '-', '~', '?')), end < 0 ? "" : text[(end + 1)..], IsModifier: false) { Text = text };
    }

    private bool IsNetwork(AddressFamily family, int bits)
    {
        var slash = Value.IndexOf('/', StringComparison.Ordinal);
        var address = slash < 0 ? Value : Value[..slash];

        // .NET takes 1 and 1.2 for addresses too.
        return IPAddress.TryParse(address, out var parsed) && parsed.AddressFamily == family && (family == AddressFamily.InterNetworkV6 || address.Count(c => c == '.') == 3)
            && (slash < 0 || (int.TryParse(Value.AsSpan(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var length) && length <= bits));
    }

    private static string Lower(string text) => text.ToLowerInvariant();
}
