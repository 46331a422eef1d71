using InfluencerCrm.Core.SendOuts;

namespace InfluencerCrm.Mail.Dns;

/// <summary>
/// What a domain and those above it say by DMARC. The organisation's domain is found by walking up the names (RFC 9989 §4.10), which needs no
/// list of public suffixes.
/// </summary>
internal sealed class DmarcRecords
{
    /// <summary>RFC 9989 §4.10: longer names are cut, so that nobody makes receivers ask hundreds of questions.</summary>
    private const int MaxLabels = 7;

    private readonly string domain;
    private readonly List<(string Domain, TagList Record)> found;
    private readonly string? doubled;

    private DmarcRecords(string domain, List<(string Domain, TagList Record)> found, string? doubled)
    {
        this.domain = domain;
        this.found = found;
        this.doubled = doubled;
    }

    public static DmarcRecords None(string domain) => new(domain, [], null);

    /// <exception cref="DnsFault">Nobody knows.</exception>
    public static async Task<DmarcRecords> ReadAsync(TextRecords dns, string domain, CancellationToken ct)
    {
        var found = new List<(string Domain, TagList Record)>();
        string? doubled = null;
        foreach (var name in Upwards(domain))
        {
            var records = (await dns.ReadAsync($"_dmarc.{name}", ct)).Where(IsDmarc).Select(r => new TagList(r)).ToList();
            if (records.Count > 1) doubled ??= name;
            if (records.Count != 1 || records[0].Has("psd", "y")) continue;
            found.Add((name, records[0]));
            if (records[0].Has("psd", "n")) break;
        }

        return new DmarcRecords(domain, found, doubled);
    }

    public IEnumerable<SenderDomainWarning> Warnings
    {
        get
        {
            if (found.Count == 0)
            {
                yield return new("dmarcMissing", doubled is null
                    ? $"{domain} has no DMARC record, and large providers refuse or bury bulk mail without one. Publish a TXT record _dmarc.{domain} such as \"v=DMARC1; p=quarantine\"."
                    : $"_dmarc.{doubled} has several DMARC records, which counts as none. Keep one.");
                yield break;
            }

            var own = found[0].Domain == domain;
            var (holder, record) = own ? found[0] : found[^1];
            var policy = (own ? null : record["sp"]) ?? record["p"] ?? "none";
            if (!Acts(policy))
                yield return new("dmarcNone", $"The DMARC record of {holder} asks for nothing (its policy is none, missing or no known word), so anybody may write as {domain}. Set p=quarantine or p=reject when its reports show that your own mails pass.");
        }
    }

    /// <summary>Whether receivers take the other domain for one of the same organisation.</summary>
    /// <param name="other">The signing domain, or that of the return path.</param>
    /// <param name="mode"><c>adkim</c> or <c>aspf</c>; empty where DMARC has no say.</param>
    public bool IsAligned(string other, string mode)
    {
        if (other == domain) return true;
        var organisation = found.Count > 0 ? found[^1].Domain : domain;
        var strict = mode.Length > 0 && found.Count > 0 && (found[0].Domain == domain ? found[0] : found[^1]).Record.Has(mode, "s");
        return !strict && (other == organisation || IsBelow(other, organisation) || (found.Count == 0 && IsBelow(domain, other) && other.Contains('.', StringComparison.Ordinal)));
    }

    /// <summary>RFC 9989 §4.7: what is no known word counts as none.</summary>
    private static bool Acts(string policy) => policy.Equals("quarantine", StringComparison.OrdinalIgnoreCase) || policy.Equals("reject", StringComparison.OrdinalIgnoreCase);

    private static bool IsBelow(string name, string parent) => name.EndsWith("." + parent, StringComparison.Ordinal);

    private static bool IsDmarc(string text) => new TagList(text).Has("v", "DMARC1") && text.TrimStart().StartsWith("v", StringComparison.OrdinalIgnoreCase);

    /// <summary>The name and those above it that have two labels at least.</summary>
    private static IEnumerable<string> Upwards(string domain)
    {
        yield return domain;
        var labels = domain.Split('.');
        for (var left = Math.Min(labels.Length - 1, MaxLabels); left >= 2; left--) yield return string.Join('.', labels[^left..]);
    }
}
