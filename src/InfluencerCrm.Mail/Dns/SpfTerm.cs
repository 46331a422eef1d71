namespace InfluencerCrm.Mail.Dns;

/// <summary>One term of an SPF record: a mechanism (<c>~include:example.org</c>) or a modifier (<c>redirect=example.org</c>).</summary>
internal readonly record struct SpfTerm(char Qualifier, string Name, string Value, bool IsModifier)
{
    public bool AsksTheDns => !IsModifier && Name is "include" or "a" or "mx" or "ptr" or "exists";

    public bool IsKnown => AsksTheDns || Name is "all" or "ip4" or "ip6";

    public static SpfTerm Parse(string text)
    {
        var end = text.AsSpan().IndexOfAny(":/=");
        if (end >= 0 && text[end] == '=') return new SpfTerm('+', Lower(text[..end]), text[(end + 1)..], IsModifier: true);
        var qualifier = text[0] is '+' or '-' or '~' or '?' ? text[0] : '+';
        var name = end < 0 ? text : text[..end];
        return new SpfTerm(qualifier, Lower(name.TrimStart('+', '-', '~', '?')), end < 0 ? "" : text[(end + 1)..], IsModifier: false);
    }

    private static string Lower(string text) => text.ToLowerInvariant();
}
