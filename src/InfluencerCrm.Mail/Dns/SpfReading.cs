using InfluencerCrm.Core.SendOuts;

namespace InfluencerCrm.Mail.Dns;

/// <summary>
/// Reads a domain's SPF record with what it includes (RFC 7208). Whether our mail server is in it cannot be told from here: another one may
/// carry the mails on.
/// </summary>
internal sealed class SpfReading(TextRecords dns, string domain)
{
    /// <summary>RFC 7208 §4.6.4: receivers stop at more, and take the record for broken.</summary>
    private const int MaxLookups = 10;

    /// <summary>Characters of a record that a warning repeats.</summary>
    private const int MaxQuoted = 100;

    private readonly Dictionary<string, string> warnings = new(StringComparer.Ordinal);
    private int lookups;

    /// <exception cref="DnsFault">Nobody knows.</exception>
    public async Task<IReadOnlyList<SenderDomainWarning>> ReadAsync(CancellationToken ct)
    {
        var records = await RecordsAsync(domain, ct);
        if (records.Count == 0)
            Warn("spfMissing", $"{domain} has no SPF record, so receivers cannot tell which servers may send for it. Publish a TXT record such as \"v=spf1 include:… ~all\" with what your mail provider names.");
        else if (records.Count > 1)
            Warn("spfSeveral", $"{domain} has {records.Count} SPF records, which counts as a broken one. Put them together into one.");
        else
            await FollowAsync(records[0], allows: true, ct);
        if (lookups > MaxLookups)
            Warn("spfTooManyLookups", $"The SPF record of {domain} makes receivers ask more than {MaxLookups} questions, so they take it for broken. Remove includes that are not used any more.");
        return [.. warnings.Select(w => new SenderDomainWarning(w.Key, w.Value))];
    }

    /// <param name="record">One whole record.</param>
    /// <param name="allows">Passing this record passes ours.</param>
    private async Task FollowAsync(string record, bool allows, CancellationToken ct)
    {
        string? redirect = null;
        foreach (var term in record.Split(' ', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(SpfTerm.Parse))
        {
            if (term.IsModifier)
            {
                if (term.Name == "redirect") redirect = term.Value;
                continue;
            }

            if (allows && term.AllowsAll)
                Warn("spfAllowsAll", $"The SPF record of {domain} lets every server of the world send for it (+all, or a network /0). End it with ~all or -all.");
            if (term.Name == "all") return;

            if (term.AsksTheDns && ++lookups > MaxLookups) return;
            if (term.Name == "include") await IncludeAsync(term.Value, allows && term.Qualifier == '+', ct);
            else if (!term.IsWellFormed) Warn("spfInvalid", $"The SPF record of {domain} holds \"{Short(term.Text)}\", which receivers do not understand; they take the whole record for broken. Correct it.");
            if (lookups > MaxLookups) return;
        }

        // Only where no "all" came before it (RFC 7208 §6.1).
        if (redirect is not null && ++lookups <= MaxLookups) await IncludeAsync(redirect, allows, ct);
    }

    private async Task IncludeAsync(string name, bool allows, CancellationToken ct)
    {
        // A macro stands for what only the receiver knows.
        if (name.Contains('%', StringComparison.Ordinal)) return;
        var records = await RecordsAsync(name, ct);
        if (records.Count == 1) await FollowAsync(records[0], allows, ct);
        else Warn("spfInvalid", $"The SPF record of {domain} refers to {Short(name)}, which has {(records.Count == 0 ? "none" : "several")}; receivers take the whole record for broken. Correct or remove it.");
    }

    private async Task<List<string>> RecordsAsync(string name, CancellationToken ct) =>
        [.. (await dns.ReadAsync(name, ct)).Where(t => t.Equals("v=spf1", StringComparison.OrdinalIgnoreCase) || t.StartsWith("v=spf1 ", StringComparison.OrdinalIgnoreCase))];

    private void Warn(string code, string message) => warnings.TryAdd(code, message);

    /// <summary>The text is somebody else's, and goes into a sentence of ours.</summary>
    private static string Short(string text) =>
        string.Concat(text.Take(MaxQuoted).Select(c => c is > ' ' and <= '~' ? c : '?')) + (text.Length > MaxQuoted ? "…" : "");
}
