using System.Collections.Frozen;
using InfluencerCrm.Core.Data;
using InfluencerCrm.Core.Imports.Columns;
using InfluencerCrm.Core.Imports.Mapping;
using InfluencerCrm.Core.Imports.Places;
using InfluencerCrm.Core.Imports.Reading;
using InfluencerCrm.Core.Imports.Rows;
using InfluencerCrm.Core.Influencers;
using InfluencerCrm.Core.Privacy;
using Microsoft.EntityFrameworkCore;

namespace InfluencerCrm.Core.Imports.Opposing;

/// <summary>One opposition as a row gives it.</summary>
/// <param name="IsOpposed">False: the row plainly says that this address may be mailed.</param>
internal sealed record SuppressionRow(IReadOnlyList<PersonEmail> Emails, SuppressionReason Reason, string? Client, string? Source, bool IsOpposed);

/// <summary>
/// Adds oppositions; a row can add and never lift. A person whose own address is named is opted out over all their own addresses; an
/// address that several people read is opted out as an address, and one whose mails come back is no opposition of anybody.
/// </summary>
internal sealed class SuppressionBatches(CrmDbContext db, IDatabaseProvider provider, TimeProvider clock, ImportJob job, FieldMap<SuppressionField> map, Asker asker, AddressHash hash, MarkAddress mark)
    : RecordBatches<SuppressionRow>(db, provider, clock, job, map.Headings)
{
    private static readonly FrozenDictionary<string, SuppressionReason> Reasons = OutletWords.Table(
        (SuppressionReason.Unsubscribe, "unsubscribe unsubscribed desinscription desinscrit desabonnement desabonne optout unsub"),
        (SuppressionReason.Bounce, "bounce bounced hard hardbounce softbounce soft invalid invalide npai cleaned undeliverable adresseinvalide invalidemail"),
        (SuppressionReason.Complaint, "complaint complained plainte spam spamreport abuse spamcomplaint"),
        (SuppressionReason.Manual, "manual manuel opposition oppose blocked bloque stop blacklist listenoire rgpd gdpr"));

    private readonly TimeProvider _clock = clock;
    private readonly RowCells<SuppressionField> _cells = new(map);
    private readonly RowLimits _limits = new(db.Model);
    private readonly SeenKeys _wouldBe = new();
    private readonly HashSet<string> _standing = new(StringComparer.Ordinal);
    private readonly List<string> _dead = [];
    private readonly Dictionary<string, int> _holders = new(StringComparer.Ordinal);
    private readonly Dictionary<int, List<string>> _addresses = [];

    protected override SuppressionRow? Read(TableRow row, out IReadOnlyList<RowProblem> problems)
    {
        _cells.Begin(row);
        var read = _cells.IsRefused ? null : Read();
        problems = _cells.Problems;
        return read;
    }

    private SuppressionRow? Read()
    {
        var emails = _cells.Emails(SuppressionField.Email);
        var limit = _limits.Of<Suppression>(nameof(Suppression.Source));
        var said = _cells.Line(SuppressionField.OptOut, limit);
        var consent = _cells.Line(SuppressionField.OptIn, limit);
        var why = _cells.Line(SuppressionField.Reason, limit);
        var reason = Find(why) ?? Find(said) ?? SuppressionReason.Manual;
        var source = string.Join(", ", new[] { _cells.Line(SuppressionField.Source, limit), Find(why) is null ? why : null }.OfType<string>());
        if (emails.Count == 0 && !_cells.IsRefused)
        {
            _cells.Refuse("noAddress", "The row has no e-mail address.");
        }

        // One taken too many does less harm than one lost: only what plainly says otherwise is none.
        var opposed = consent is not null && said is null ? PersonWords.IsOptedOut(consent) : said is null || PersonWords.IsOpposition(said, out _);
        return _cells.IsRefused ? null : new SuppressionRow(emails, reason, _cells.Line(SuppressionField.Client, limit), source.Length == 0 ? null : source, opposed);
    }

    private static SuppressionReason? Find(string? text) => text is null ? null : OutletWords.Find(Reasons, text);

    protected override async Task LoadAsync(IReadOnlyList<SuppressionRow> rows, CancellationToken ct)
    {
        _standing.Clear();
        _dead.Clear();
        _holders.Clear();
        _addresses.Clear();
        var keys = rows.SelectMany(r => r.Emails).Select(e => e.Key).Distinct(StringComparer.Ordinal).ToList();
        foreach (var holder in await Db.ContactPoints.IgnoreQueryFilters().Where(p => keys.Contains(p.UniqueAddressKey!) && p.InfluencerId != null).Select(p => new { p.UniqueAddressKey, Id = p.InfluencerId!.Value }).ToListAsync(ct))
        {
            _holders[holder.UniqueAddressKey!] = holder.Id;
        }

        var people = _holders.Values.Distinct().ToList();
        foreach (var point in await Db.ContactPoints.IgnoreQueryFilters().Where(p => people.Contains(p.InfluencerId!.Value) && p.UniqueAddressKey != null).Select(p => new { Key = p.UniqueAddressKey!, Id = p.InfluencerId!.Value }).ToListAsync(ct))
        {
            (_addresses.TryGetValue(point.Id, out var own) ? own : _addresses[point.Id] = []).Add(point.Key);
        }

        var hashes = keys.Concat(_addresses.Values.SelectMany(a => a)).Distinct(StringComparer.Ordinal).Select(hash.Of).ToList();
        foreach (var chunk in hashes.Chunk(500))
        {
            foreach (var found in await Db.Suppressions.IgnoreQueryFilters().Where(s => s.LiftedAt == null && s.AddressHash != null && chunk.Contains(s.AddressHash)).Select(s => new { s.AddressHash, s.ClientId, s.Reason }).ToListAsync(ct))
            {
                _standing.Add(Key(found.AddressHash!, found.ClientId, found.Reason));
            }
        }
    }

    protected override async Task SavedAsync(CancellationToken ct)
    {
        foreach (var key in _dead)
        {
            await mark.ExecuteAsync(key, EmailStatus.Bounced, _clock.GetUtcNow().UtcDateTime, ct);
        }
    }

    protected override Task TakeAsync(SuppressionRow row, RowWord word, CancellationToken ct)
    {
        word.Outcome = ImportOutcome.Unchanged;
        word.InfluencerId = row.Emails.Select(e => _holders.TryGetValue(e.Key, out var id) ? id : (int?)null).FirstOrDefault(id => id is not null);
        if (!row.IsOpposed)
        {
            word.Note("notOpposed", "The row says that this address may be written to; an opposition that stands here stays.");
            return Task.CompletedTask;
        }

        var client = row.Client is { } name && !PersonWords.IsFiller(name) && !IsEverybody(name) ? asker.Client(name) : null;
        if (client is null && row.Client is { } unknown && !PersonWords.IsFiller(unknown) && !IsEverybody(unknown))
        {
            // An opposition to one client's news that cannot be told from others' holds for all: a mail too few harms nobody.
            word.Note("unknownClient", $"There is no client “{unknown}” that you may see; the opposition holds for all mails.");
        }

        foreach (var email in row.Emails)
        {
            int? person = _holders.TryGetValue(email.Key, out var holder) ? holder : null;
            foreach (var key in person is { } known && row.Reason != SuppressionReason.Bounce ? _addresses[known] : [email.Key])
            {
                Add(key, person, client, row, word);
            }
        }

        if (word.Outcome == ImportOutcome.Unchanged)
        {
            word.Note("repeated", "This opposition stands already.");
        }

        return Task.CompletedTask;
    }

    private void Add(string key, int? person, int? client, SuppressionRow row, RowWord word)
    {
        var addressHash = hash.Of(key);
        if (_standing.Contains(Key(addressHash, null, row.Reason)) || !_standing.Add(Key(addressHash, client, row.Reason)) || (Job.DryRun && !_wouldBe.Add(Key(addressHash, client, row.Reason))))
        {
            return;
        }

        var source = SearchTextOf.Cut(row.Source is null ? Source : $"{Source}: {row.Source}", _limits.Of<Suppression>(nameof(Suppression.Source)));
        var suppression = new Suppression(
            key, addressHash, person, client is null ? SuppressionScope.All : SuppressionScope.Client, client, row.Reason, source);
        word.Outcome = ImportOutcome.Created;
        word.Changes.Added(suppression, key);
        word.Target ??= suppression;
        if (!Job.DryRun)
        {
            Db.Add(suppression);
            if (suppression is { Reason: SuppressionReason.Bounce, Scope: SuppressionScope.All })
            {
                _dead.Add(key);
            }
        }
    }

    private static bool IsEverybody(string scope) => WordKey.Of(scope) is "all" or "tous" or "toutes" or "tout" or "everything" or "everyone" or "global" or "agency" or "agence";

    /// <summary>A bounce, which may be lifted by the address itself, stands for no opposition.</summary>
    private static string Key(byte[] addressHash, int? client, SuppressionReason reason) => $"{Convert.ToHexString(addressHash)}/{client}{(reason == SuppressionReason.Bounce ? "/bounce" : "")}";
}
