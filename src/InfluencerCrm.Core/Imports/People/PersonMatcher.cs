using InfluencerCrm.Core.Data;
using InfluencerCrm.Core.Imports.Mapping;
using InfluencerCrm.Core.Influencers;
using Microsoft.EntityFrameworkCore;

namespace InfluencerCrm.Core.Imports.People;

/// <summary>
/// Who the rows of one batch are. A person's own address decides. A shared one never does: whoever has none but shared addresses, or
/// none at all, is told by the name together with that address, the outlet or a phone; or by the bare name, if there is nothing else.
/// </summary>
internal sealed class PersonMatcher(CrmDbContext db)
{
    private readonly Dictionary<string, PersonCard> _byKey = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<PersonCard>> _byName = new(StringComparer.Ordinal);
    private readonly HashSet<string> _shared = new(StringComparer.Ordinal);

    public IReadOnlyCollection<int> KnownIds { get; private set; } = [];

    /// <summary>Reads everybody these rows could mean, tracked, with what belongs to them.</summary>
    public async Task LoadAsync(IReadOnlyList<ReadPerson> rows, OutletNames outlets, CancellationToken ct)
    {
        var ids = new HashSet<int>();
        foreach (var keys in Distinct(rows.SelectMany(r => r.Person?.Emails ?? []).Where(e => !e.IsShared).Select(e => e.Key)))
        {
            var holders = await db.ContactPoints.IgnoreQueryFilters().Where(p => keys.Contains(p.AddressKey!))
                .Select(p => new { p.AddressKey, p.InfluencerId, Own = p.UniqueAddressKey != null }).ToListAsync(ct);
            foreach (var holder in holders)
            {
                // Marked here as shared, or an outlet's own: then it is nobody's, however it looks.
                if (!holder.Own)
                {
                    _shared.Add(holder.AddressKey!);
                }
                else if (holder.InfluencerId is { } id)
                {
                    ids.Add(id);
                }
            }
        }

        await AddNamesakesAsync(rows.Where(r => r.Person is not null && OwnKey(r.Person) is null).ToList(), outlets, ids, ct);
        KnownIds = ids;
        foreach (var chunk in ids.Order().Chunk(500))
        {
            await LoadAsync(chunk, ct);
        }
    }

    public bool IsShared(PersonEmail email) => email.IsShared || _shared.Contains(email.Key);

    /// <summary>The address by which a row is told from all others; null where it has none.</summary>
    public string? OwnKey(PersonRow row)
    {
        foreach (var email in row.Emails)
        {
            if (!IsShared(email))
            {
                return email.Key;
            }
        }

        return null;
    }

    public PersonCard? Holder(string key) => _byKey.GetValueOrDefault(key);

    /// <summary>The person a row means; null: nobody yet. More than one: it could be any of them.</summary>
    public IReadOnlyList<PersonCard> Find(ReadPerson row, int? outletId)
    {
        var person = row.Person!;
        if (OwnKey(person) is { } key)
        {
            return _byKey.TryGetValue(key, out var holder) ? [holder] : [];
        }

        if (!_byName.TryGetValue(row.NameKey, out var namesakes))
        {
            return [];
        }

        var byAddress = namesakes.FindAll(c => person.Emails.Any(e => Has(c, e.Key)));
        var byOutlet = outletId is null ? [] : namesakes.FindAll(c => c.Person.Affiliations.Exists(a => a.OutletId == outletId));
        var both = byAddress.Intersect(byOutlet).ToList();
        if (both.Count > 0)
        {
            return both;
        }

        if (byAddress.Count > 0 || byOutlet.Count > 0)
        {
            return byAddress.Count > 0 ? byAddress : byOutlet;
        }

        if (person.Emails.Count > 0)
        {
            return [];
        }

        return person.Phones.Count > 0
            ? namesakes.FindAll(c => c.Person.ContactPoints.Exists(p => p.Kind == ContactKind.Phone && person.Phones.Contains(PhoneText.Normalise(p.Value, person.Country))))
            : outletId is null ? namesakes.FindAll(c => c.Person.ContactPoints.Count == 0 && c.Person.Affiliations.Count == 0)
            : [];
    }

    /// <summary>Later rows of the batch shall find this person, and what a row brought.</summary>
    public void Remember(PersonCard card)
    {
        foreach (var point in card.Person.ContactPoints)
        {
            if (point is { AddressKey: { } key, Shared: false } && !_shared.Contains(key))
            {
                _byKey.TryAdd(key, card);
            }
        }

        var name = card.Person.DisplayNameSearch;
        if (!_byName.TryGetValue(name, out var namesakes))
        {
            _byName[name] = namesakes = [];
        }

        if (!namesakes.Contains(card))
        {
            namesakes.Add(card);
        }
    }

    private static bool Has(PersonCard card, string key) => card.Person.ContactPoints.Exists(p => p.AddressKey == key);

    private async Task AddNamesakesAsync(List<ReadPerson> rows, OutletNames outlets, HashSet<int> ids, CancellationToken ct)
    {
        foreach (var chunk in rows.Chunk(200))
        {
            var names = chunk.Select(r => r.NameKey).Distinct(StringComparer.Ordinal).ToList();
            var people = db.Influencers.IgnoreQueryFilters([Filters.Archived]).Where(i => names.Contains(i.DisplayNameSearch));
            var keys = chunk.SelectMany(r => r.Person!.Emails).Select(e => e.Key).Distinct(StringComparer.Ordinal).ToList();
            var places = chunk.Select(r => outlets.Find(r.Person!.Outlet)).OfType<int>().Distinct().ToList();
            var phones = chunk.Where(r => r.Person!.Emails.Count == 0).SelectMany(r => r.Person!.Phones.Concat(r.Person.PhonesAsWritten)).Distinct(StringComparer.Ordinal).ToList();
            if (keys.Count > 0)
            {
                ids.UnionWith(await people.Where(i => i.ContactPoints.Any(p => keys.Contains(p.AddressKey!))).Select(i => i.Id).ToListAsync(ct));
            }

            if (places.Count > 0)
            {
                ids.UnionWith(await people.Where(i => i.Affiliations.Any(a => places.Contains(a.OutletId))).Select(i => i.Id).ToListAsync(ct));
            }

            if (phones.Count > 0)
            {
                ids.UnionWith(await people.Where(i => i.ContactPoints.Any(p => p.Kind == ContactKind.Phone && phones.Contains(p.Value))).Select(i => i.Id).ToListAsync(ct));
            }

            if (chunk.Any(r => r.Person is { Emails.Count: 0, Phones.Count: 0, Outlet: null }))
            {
                ids.UnionWith(await people.Where(i => !i.ContactPoints.Any() && !i.Affiliations.Any()).Select(i => i.Id).ToListAsync(ct));
            }
        }
    }

    private async Task LoadAsync(int[] ids, CancellationToken ct)
    {
        // One plain query a table: EF ties the tracked rows together, without joins that repeat each person.
        var people = await db.Influencers.IgnoreQueryFilters([Filters.Archived, Filters.Erased]).Where(i => ids.Contains(i.Id)).ToListAsync(ct);
        await db.ContactPoints.Where(p => p.InfluencerId != null && ids.Contains(p.InfluencerId.Value)).LoadAsync(ct);
        await db.Affiliations.Where(a => a.InfluencerId != null && ids.Contains(a.InfluencerId.Value)).LoadAsync(ct);
        await db.InfluencerTopics.Where(t => ids.Contains(t.InfluencerId)).LoadAsync(ct);
        foreach (var person in people)
        {
            Remember(new PersonCard(person, isNew: false));
        }
    }

    private static IEnumerable<List<string>> Distinct(IEnumerable<string> keys) => keys.Distinct(StringComparer.Ordinal).Chunk(500).Select(c => c.ToList());
}
