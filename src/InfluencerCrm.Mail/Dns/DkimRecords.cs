using InfluencerCrm.Core.SendOuts;

namespace InfluencerCrm.Mail.Dns;

/// <summary>Whether receivers find the key that verifies what we sign.</summary>
internal static class DkimRecords
{
    /// <exception cref="DnsFault">Nobody knows.</exception>
    public static async Task<IReadOnlyList<SenderDomainWarning>> ReadAsync(TextRecords dns, DkimKey key, CancellationToken ct)
    {
        var published = (await dns.ReadAsync(key.RecordName, ct)).Select(t => new TagList(t)).Where(IsKey).ToList();
        if (published.Count == 0)
            return [new("dkimMissing", $"No DKIM key is published for our signatures, so they count for nothing. Publish the TXT record {key.RecordName}: {key.Record}")];
        if (published.Exists(r => r["p"]!.Length == 0))
            return [new("dkimMissing", $"The DKIM key of {key.RecordName} is revoked (an empty p=), so our signatures count as false. Publish instead: {key.Record}")];
        return published.Exists(r => Holds(r, key))
            ? []
            : [new("dkimKeyDiffers", $"The DKIM key of {key.RecordName} is not that of our key file, so our signatures count as false. Publish instead, or choose another selector: {key.Record}")];
    }

    private static bool IsKey(TagList record) => record["p"] is not null && (record["v"] is null || record.Has("v", "DKIM1"));

    private static bool Holds(TagList record, DkimKey key)
    {
        if (!string.Equals(record["k"] ?? "rsa", key.Kind, StringComparison.OrdinalIgnoreCase)) return false;
        var text = string.Concat(record["p"]!.Where(c => !char.IsWhiteSpace(c)));
        var bytes = new byte[text.Length];
        return Convert.TryFromBase64String(text, bytes, out var written) && key.IsPublishedAs(bytes.AsSpan(0, written));
    }
}
