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
    private readonly string? organisation;
    private readonly string? doubled;

    /// <param name="organisation">Null: nobody says.</param>
    private DmarcRecords(string domain, List<(string Domain, TagList Record)> found, string? organisation, string? doubled)
    {
        this.domain = domain;
        this.found = found;
        this.organisation = organisation;
        this.doubled = doubled;
    }

    public static DmarcRecords None(string domain) => new(domain, [], null, null);

    /// <exception cref="DnsFault">Nobody knows.</exception>
    public static async Task<DmarcRecords> ReadAsync(TextRecords dns, string domain, CancellationToken ct)
    {
        var found = new List<(string Domain, TagList Record)>();
        string? organisation = null;
        string? doubled = null;
        foreach (var name in Upwards(domain))
        {
            var records = (await dns.ReadAsync($"_dmarc.{name}", ct)).Where(IsDmarc).Select(r => new TagList(r)).ToList();
            if (records.Count > 1) doubled ??= name;
            if (records.Count != 1) continue;
            if (name != domain && records[0].Has("psd", "y"))
            {
                // A public suffix speaks here: the organisation is the name below it, whatever stands above.
                organisation = Below(domain, name);
                break;
            }

            found.Add((name, records[0]));
            organisation = name;
            if (records[0].Has("psd", "n")) break;
        }

        return new DmarcRecords(domain, found, organisation, doubled);
    }

    public IEnumerable<SenderDomainWarning> Warnings
    {
        get
        {
            if (Policy is not (var holder, var record))
            {
                yield return new("dmarcMissing", doubled is null
                    ? $"{domain} has no DMARC record, and large providers refuse or bury bulk mail without one. Publish a TXT record _dmarc.{domain} such as \"v=DMARC1; p=quarantine\"."
                    : $"_dmarc.{doubled} has several DMARC records, which counts as none. Keep one.");
                yield break;
            }

            var policy = (holder == domain ? null : record["sp"]) ?? record["p"] ?? "none";
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
        if (mode.Length > 0 && Policy is { Record: var record } && record.Has(mode, "s")) return false;
        return organisation is not null
            ? other == organisation || IsBelow(other, organisation)
            : IsBelow(other, domain) || (IsBelow(domain, other) && other.Contains('.', StringComparison.Ordinal));
    }

    /// <summary>What holds for the domain: its own record, else the organisation's. RFC 9989 §4.10.1.</summary>
    private (string Domain, TagList Record)? Policy =>
        found.FindIndex(f => f.Domain == domain) is var own and >= 0 ? found[own]
        : found.FindIndex(f => f.Domain == organisation) is var theirs and >= 0 ? found[theirs]
        : null;

    /// <summary>RFC 9989 §4.7: what is no known word counts as none.</summary>
    private static bool Acts(string policy) => policy.Equals("quarantine", StringComparison.OrdinalIgnoreCase) || policy.Equals("reject", StringComparison.OrdinalIgnoreCase);

    private static bool IsBelow(string name, string parent) => name.EndsWith("." + parent, StringComparison.Ordinal);

    /// <summary>The name of one label more than the suffix.</summary>
    private static string Below(string domain, string suffix) => string.Join('.', domain.Split('.')[^(suffix.Split('.').Length + 1)..]);

    private static bool IsDmarc(string text) => new TagList(text).Has("v", "DMARC1") && text.TrimStart().StartsWith("v", StringComparison.OrdinalIgnoreCase);

    /// <summary>The name and those above it that have two labels at least.</summary>
    private static IEnumerable<string> Upwards(string domain)
    {
        yield return domain;
        var labels = domain.Split('.');
        for (var left = Math.Min(labels.Length - 1, MaxLabels); left >= 2; left--) yield return string.Join('.', labels[^left..]);
    }
}
