using InfluencerCrm.Core.Data;
using InfluencerCrm.Core.Imports.Changes;
using InfluencerCrm.Core.Outlets;
using Microsoft.EntityFrameworkCore;

namespace InfluencerCrm.Core.Imports.People;

/// <summary>Outlets by normalised name; one that is not there is created when the first person comes who works for it.</summary>
internal sealed class OutletNames(CrmDbContext db, BulkInsert<Outlet> insert, bool dryRun)
{
    /// <summary>More are not remembered: a million outlets in one file must not become a million strings here.</summary>
    private const int MostKept = 20_000;

    private readonly Dictionary<string, int> _known = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _created = new(StringComparer.Ordinal);
    private int _imagined;

    /// <summary>Reads the outlets of these names that were not asked for before.</summary>
    public async Task LoadAsync(IEnumerable<string?> outlets, CancellationToken ct)
    {
        if (_known.Count > MostKept && !dryRun)
        {
            _known.Clear();
        }

        var names = outlets.OfType<string>().Select(KeyOf)
            .Where(k => k.Length > 0 && !_known.ContainsKey(k)).Distinct(StringComparer.Ordinal).ToList();
        foreach (var chunk in names.Chunk(500))
        {
            // A whole outlet goes before a desk of the same name, and the older row before the newer.
            var found = await db.Outlets.Where(o => chunk.Contains(o.NameSearch)).Select(o => new { o.NameSearch, o.Id, IsPart = o.ParentId != null }).ToListAsync(ct);
            foreach (var outlet in found.OrderBy(o => o.IsPart).ThenBy(o => o.Id))
            {
                _known.TryAdd(outlet.NameSearch, outlet.Id);
            }
        }
    }

    public int? Find(string? name) => name is not null && KeyOf(name) is var key && (_known.TryGetValue(key, out var id) || _created.TryGetValue(key, out id)) ? id : null;

    public async Task<int?> FindOrCreateAsync(string? name, OutletKind kind, RowChanges changes, CancellationToken ct)
    {
        if (name is null || KeyOf(name) is not { Length: > 0 } key)
        {
            return null;
        }

        if (_known.TryGetValue(key, out var id) || _created.TryGetValue(key, out id))
        {
            return id;
        }

        if (dryRun)
        {
            changes.Added(new Outlet(name, kind), name);
            return _known[key] = --_imagined;
        }

        var outlet = new Outlet(name, kind);
        await insert.WriteAsync([outlet], ct);
        changes.Added(outlet, name);
        return _created[key] = outlet.Id;
    }

    /// <summary>The batch is committed.</summary>
    public void Keep()
    {
        foreach (var (key, id) in _created)
        {
            _known[key] = id;
        }

        _created.Clear();
    }

    /// <summary>The batch was rolled back, and who knows why.</summary>
    public void Forget()
    {
        _created.Clear();
        _known.Clear();
    }

    public static string KeyOf(string name) => SearchText.Normalise(name);

    /// <summary>Files do not say what sort of medium it is; who works there is a hint.</summary>
    public static OutletKind KindOf(string? personKind) => personKind switch
    {
        "blogger" => OutletKind.Blog,
        "creator" => OutletKind.Channel,
        "expert" or "stakeholder" => OutletKind.Institution,
        _ => OutletKind.Newspaper,
    };
}
