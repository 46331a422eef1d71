namespace InfluencerCrm.Mail.Dns;

/// <summary>A list <c>name=value; name=value</c>, as DKIM (RFC 6376 §3.2) and DMARC write their records.</summary>
internal sealed class TagList
{
    private readonly Dictionary<string, string> tags = new(StringComparer.OrdinalIgnoreCase);

    public TagList(string text)
    {
        foreach (var part in text.Split(';'))
        {
            var sign = part.IndexOf('=', StringComparison.Ordinal);
            if (sign > 0) tags.TryAdd(part[..sign].Trim(), part[(sign + 1)..].Trim());
        }
    }

    public string? this[string name] => tags.GetValueOrDefault(name);

    public bool Has(string name, string value) => string.Equals(this[name], value, StringComparison.OrdinalIgnoreCase);
}
