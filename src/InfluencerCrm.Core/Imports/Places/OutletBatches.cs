using InfluencerCrm.Core.Data;
using InfluencerCrm.Core.Imports.Columns;
using InfluencerCrm.Core.Imports.Mapping;
using InfluencerCrm.Core.Imports.People;
using InfluencerCrm.Core.Imports.Reading;
using InfluencerCrm.Core.Imports.Rows;
using InfluencerCrm.Core.Influencers;
using InfluencerCrm.Core.Outlets;
using InfluencerCrm.Core.Watch;
using Microsoft.EntityFrameworkCore;

namespace InfluencerCrm.Core.Imports.Places;

/// <summary>
/// Makes outlets of rows, with their feeds, addresses and authors. An outlet is known by its name, within its parent where the row
/// names one; else by its feed.
/// </summary>
internal sealed class OutletBatches(CrmDbContext db, IDatabaseProvider provider, TimeProvider clock, ImportJob job, FieldMap<OutletField> map)
    : RecordBatches<OutletRow>(db, provider, clock, job, map.Headings)
{
    private readonly RowCells<OutletField> _cells = new(map);
    private readonly RowLimits _limits = new(db.Model);
    private readonly SeenKeys _wouldBe = new();
    private readonly Dictionary<string, List<Outlet>> _byName = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Feed> _feeds = new(StringComparer.Ordinal);
    private readonly Dictionary<int, Outlet> _byId = [];
    private readonly Dictionary<string, List<Influencer>> _people = new(StringComparer.Ordinal);
    private readonly HashSet<string> _personal = new(StringComparer.Ordinal);

    protected override OutletRow? Read(TableRow row, out IReadOnlyList<RowProblem> problems)
    {
        _cells.Begin(row);
        var read = _cells.IsRefused ? null : OutletRow.Read(_cells, _limits);
        problems = _cells.Problems;
        return read;
    }

    protected override async Task LoadAsync(IReadOnlyList<OutletRow> rows, CancellationToken ct)
    {
        _byName.Clear();
        _feeds.Clear();
        _byId.Clear();
        _people.Clear();
        _personal.Clear();
        var urls = rows.SelectMany(r => r.Feeds).Distinct(StringComparer.Ordinal).ToList();
        foreach (var feed in await Db.Feeds.Where(f => urls.Contains(f.Url)).ToListAsync(ct))
        {
            _feeds[feed.Url] = feed;
        }

        var names = rows.Select(r => r.Key).Concat(rows.Select(r => r.Parent).OfType<string>().Select(OutletNames.KeyOf)).Distinct(StringComparer.Ordinal).ToList();
        var ids = _feeds.Values.Select(f => f.OutletId).OfType<int>().ToList();
        foreach (var outlet in (await Db.Outlets.Where(o => names.Contains(o.NameSearch) || ids.Contains(o.Id)).Include(o => o.ContactPoints).AsSplitQuery().ToListAsync(ct)).OrderBy(o => o.ParentId is not null).ThenBy(o => o.Id))
        {
            Remember(outlet);
        }

        var keys = rows.SelectMany(r => r.Emails).Select(e => e.Key).Distinct(StringComparer.Ordinal).ToList();
        _personal.UnionWith(await Db.ContactPoints.IgnoreQueryFilters().Where(p => keys.Contains(p.UniqueAddressKey!)).Select(p => p.UniqueAddressKey!).ToListAsync(ct));
        var authors = rows.SelectMany(r => r.Authors).Select(NameKey).Distinct(StringComparer.Ordinal).ToList();
        foreach (var person in await Db.Influencers.Where(i => authors.Contains(i.DisplayNameSearch)).Include(i => i.Affiliations).AsSplitQuery().OrderBy(i => i.Id).ToListAsync(ct))
        {
            Remember(person);
        }
    }

    protected override async Task TakeAsync(OutletRow row, RowWord word, CancellationToken ct)
    {
        var parent = await ParentAsync(row, word, ct);
        var outlet = Find(row, parent);
        if (outlet is null)
        {
            outlet = Outlet.Create(row.ToChanges(parent is { Id: > 0 } ? parent.Id : null) with { Kind = row.Kind ?? (row.Feeds.Count > 0 || row.Url is not null ? OutletKind.Website : OutletKind.Newspaper) });
            if (Job.DryRun && !_wouldBe.Add($"{row.Key}\u001f{row.Parent}"))
            {
                word.Outcome = ImportOutcome.Unchanged;
                word.Note("repeatedInFile", "An earlier row of the file is the same outlet.");
                return;
            }

            word.Outcome = ImportOutcome.Created;
            if (Job.DryRun)
            {
                word.Changes.Made(outlet, row.ToChanges(null));
            }
            else
            {
                // Feeds and roles name it by its key.
                Db.Add(outlet);
                await Db.SaveChangesAsync(ct);
            }

            Remember(outlet);
        }
        else
        {
            await ChangeAsync(outlet, row, parent, word, ct);
        }

        word.Target = outlet;
        var added = AddAddresses(outlet, row, word);
        added |= AddFeeds(outlet, row, word);
        added |= AddAuthors(outlet, row, word);
        if (added && word.Outcome == ImportOutcome.Unchanged)
        {
            word.Outcome = ImportOutcome.Updated;
        }
    }

    private async Task ChangeAsync(Outlet outlet, OutletRow row, Outlet? parent, RowWord word, CancellationToken ct)
    {
        var changes = row.ToChanges(parent is { Id: > 0 } ? parent.Id : null);
        if (outlet.NameSearch != row.Key)
        {
            // Known by its feed: what it is called here is somebody's choice.
            changes = changes with { Name = outlet.Name };
            word.Note("knownAs", $"This is outlets/{outlet.Id}, called “{outlet.Name}” here.");
        }

        if (parent is not null && outlet.ParentId != parent.Id)
        {
            await Cycles.CheckAsync(outlet.Id, parent.Id, id => Db.Outlets.Where(o => o.Id == id).Select(o => o.ParentId).FirstOrDefaultAsync(ct));
        }

        word.Outcome = Change(outlet, changes, word) ? ImportOutcome.Updated : ImportOutcome.Unchanged;
    }

    private async Task<Outlet?> ParentAsync(OutletRow row, RowWord word, CancellationToken ct)
    {
        if (row.Parent is null || OutletNames.KeyOf(row.Parent) is not { Length: > 0 } key || key == row.Key)
        {
            return null;
        }

        if (_byName.TryGetValue(key, out var found))
        {
            return found[0];
        }

        var parent = new Outlet(row.Parent, row.Kind ?? OutletKind.Newspaper);
        word.Changes.Added(parent, parent.Name);
        if (!Job.DryRun)
        {
            Db.Add(parent);
            await Db.SaveChangesAsync(ct);
        }

        Remember(parent);
        return parent;
    }

    private Outlet? Find(OutletRow row, Outlet? parent)
    {
        if (_byName.TryGetValue(row.Key, out var named))
        {
            var found = row.Parent is null ? named[0] : named.Find(o => parent is { Id: > 0 } && o.ParentId == parent.Id) ?? named.Find(o => o.ParentId is null && parent is not null && o != parent);
            if (found is not null)
            {
                return found;
            }
        }

        return row.Feeds.Select(f => _feeds.GetValueOrDefault(f)?.OutletId).OfType<int>().Select(id => _byId.GetValueOrDefault(id)).FirstOrDefault(o => o is not null);
    }

    private bool AddAddresses(Outlet outlet, OutletRow row, RowWord word)
    {
        var added = false;
        foreach (var email in row.Emails)
        {
            if (_personal.Contains(email.Key))
            {
                word.Note("addressTaken", $"{email.Value} was left out: it is a person's own.");
            }
            else if (!outlet.ContactPoints.Exists(p => p.AddressKey == email.Key))
            {
                // An outlet's address is nobody's own, whatever it looks like.
                Add(outlet, ContactPoint.Imported(ContactKind.Email, email.Value, shared: true, !outlet.ContactPoints.Exists(p => p is { Kind: ContactKind.Email, Primary: true }), Source), word);
                added = true;
            }
        }

        foreach (var phone in row.Phones.Where(p => p.AsSpan().ContainsAnyInRange('0', '9') && !outlet.ContactPoints.Exists(c => c.Kind == ContactKind.Phone && c.Value == p)))
        {
            Add(outlet, ContactPoint.Imported(ContactKind.Phone, phone, shared: false, !outlet.ContactPoints.Exists(p => p is { Kind: ContactKind.Phone, Primary: true }), Source), word);
            added = true;
        }

        return added;
    }

    private static void Add(Outlet outlet, ContactPoint point, RowWord word)
    {
        if (outlet.Id > 0)
        {
            point.BelongToOutlet(outlet.Id);
        }

        outlet.ContactPoints.Add(point);
        word.Changes.Added(point, point.Value);
    }

    private bool AddFeeds(Outlet outlet, OutletRow row, RowWord word)
    {
        var added = false;
        foreach (var url in row.Feeds)
        {
            if (_feeds.TryGetValue(url, out var known))
            {
                if (known.OutletId != outlet.Id)
                {
                    word.Note("feedTaken", $"{url} was left out: it is read for another record.");
                }

                continue;
            }

            var feed = Feed.Create(new FeedChanges { Url = url, Title = outlet.Name, OutletId = outlet.Id > 0 ? outlet.Id : default(Optional<int?>) });
            _feeds[url] = feed;
            word.Changes.Added(feed, url);
            added = true;
            if (!Job.DryRun)
            {
                Db.Add(feed);
            }
        }

        return added;
    }

    /// <summary>Who writes it: known by name and role there, or by the name alone where that person has no role yet.</summary>
    private bool AddAuthors(Outlet outlet, OutletRow row, RowWord word)
    {
        var added = false;
        foreach (var name in row.Authors)
        {
            var namesakes = _people.GetValueOrDefault(NameKey(name)) ?? [];
            if (namesakes.Exists(p => p.Affiliations.Exists(a => a.OutletId == outlet.Id)))
            {
                continue;
            }

            var role = new Affiliation(null, outlet.Id);
            role.Apply(new AffiliationChanges { Primary = true, Source = Source });
            if (namesakes.FindAll(p => p.Affiliations.Count == 0) is [var person])
            {
                role.BelongTo(person.Id);
                word.Changes.Added(role, $"{person.DisplayName}, {outlet.Name}");
            }
            else
            {
                var parts = PersonName.Parse(name);
                person = Influencer.Create(new InfluencerChanges { Kind = KindOf(outlet.Kind), DisplayName = SearchTextOf.Cut(parts.Display, PersonLimits.Name), FirstName = parts.First, LastName = parts.Last, DataSource = Source });
                word.Changes.Added(person, person.DisplayName);
                Remember(person);
                if (!Job.DryRun)
                {
                    Db.Add(person);
                }
            }

            person.Affiliations.Add(role);
            added = true;
        }

        return added;
    }

    private static InfluencerKind KindOf(OutletKind outlet) => outlet switch
    {
        OutletKind.Blog or OutletKind.Website or OutletKind.Newsletter or OutletKind.Podcast => InfluencerKind.Blogger,
        OutletKind.Channel => InfluencerKind.Creator,
        OutletKind.Institution => InfluencerKind.Expert,
        _ => InfluencerKind.Journalist,
    };

    private static string NameKey(string name) => SearchTextOf.Joined(ModelConventions.DefaultLength, [SearchTextOf.Cut(PersonName.Parse(name).Display, PersonLimits.Name)]);

    private void Remember(Outlet outlet)
    {
        if (outlet.Id > 0)
        {
            _byId[outlet.Id] = outlet;
        }

        if (!_byName.TryGetValue(outlet.NameSearch, out var named))
        {
            _byName[outlet.NameSearch] = named = [];
        }

        named.Add(outlet);
    }

    private void Remember(Influencer person)
    {
        if (!_people.TryGetValue(person.DisplayNameSearch, out var namesakes))
        {
            _people[person.DisplayNameSearch] = namesakes = [];
        }

        namesakes.Add(person);
    }
}
