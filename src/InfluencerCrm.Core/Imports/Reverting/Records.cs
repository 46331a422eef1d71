using InfluencerCrm.Core.Coverage;
using InfluencerCrm.Core.Data;
using InfluencerCrm.Core.Imports.Changes;
using InfluencerCrm.Core.Influencers;
using InfluencerCrm.Core.Outlets;
using InfluencerCrm.Core.Watch;

namespace InfluencerCrm.Core.Imports.Reverting;

/// <summary>The records that one batch of rows is about, by the kind's word in <see cref="RowChange.Entity"/>.</summary>
internal sealed class Records(CrmDbContext db, ImportKind kind)
{
    private const string Person = "influencer";
    private const string Address = "contactPoint";
    private const string Place = "outlet";
    private const string Piece = "coveragePiece";
    private const string Author = "coverageAuthor";

    private readonly Dictionary<string, RecordUndo> _undo = new(StringComparer.Ordinal)
    {
        [Person] = new RecordUndo<Influencer, InfluencerChanges>(db),
        [Address] = new RecordUndo<ContactPoint, ContactPointChanges>(db),
        ["affiliation"] = new RecordUndo<Affiliation, AffiliationChanges>(db),
        ["influencerTopic"] = new RecordUndo<InfluencerTopic, InfluencerTopicChanges>(db),
        [Place] = new RecordUndo<Outlet, OutletChanges>(db),
        ["feed"] = new RecordUndo<Feed, FeedChanges>(db),
        [Piece] = new RecordUndo<CoveragePiece, CoverageChanges>(db),
        [Author] = new RecordUndo<CoverageAuthor, CoverageAuthorChanges>(db),
        ["coverageMention"] = new RecordUndo<CoverageMention, CoverageMentionChanges>(db),
    };

    private readonly Dictionary<long, IReadOnlyList<RowChange>> _changes = [];

    private RecordUndo Targets => _undo[kind switch { ImportKind.Outlets => Place, ImportKind.Coverage => Piece, _ => Person }];

    public HashSet<int> PeopleWithAddressesGone { get; } = [];

    public HashSet<int> AuthorsTouched { get; } = [];

    public static int? TargetOf(ImportRow row, ImportKind kind) => kind == ImportKind.Influencers ? row.InfluencerId : row.TargetId;

    public int TargetOf(ImportRow row) => TargetOf(row, kind) ?? 0;

    public async Task LoadAsync(IReadOnlyList<ImportRow> rows, CancellationToken ct)
    {
        var ids = _undo.Keys.ToDictionary(k => k, _ => new HashSet<int>(), StringComparer.Ordinal);
        var targets = ids[_undo.First(u => u.Value == Targets).Key];
        foreach (var row in rows)
        {
            var changes = RowChanges.Parse(row.Changes);
            _changes[row.Id] = changes;
            if (TargetOf(row, kind) is { } target)
            {
                targets.Add(target);
            }

            foreach (var change in changes.Where(c => c.Id is not null && ids.ContainsKey(c.Entity)))
            {
                ids[change.Entity].Add((int)change.Id!.Value);
            }
        }

        foreach (var (entity, undo) in _undo)
        {
            await undo.LoadAsync(ids[entity], ct);
        }
    }

    /// <param name="undone">The row.</param>
    /// <param name="until">When the import last wrote the record; what was written later is somebody's work.</param>
    public void TakeBack(UndoneRow undone, DateTime until)
    {
        var row = undone.Row;
        if (TargetOf(row, kind) is not { } target || Targets.IsGone(target))
        {
            undone.IsRemoved = true;
            return;
        }

        if (kind == ImportKind.Coverage && row.InfluencerId is { } author)
        {
            AuthorsTouched.Add(author);
        }

        if (row.Outcome == ImportOutcome.Created)
        {
            if (Targets.Hindrance(target, until) is { } hindrance)
            {
                undone.Note($"{hindrance} It stays.");
                return;
            }

            Targets.Remove(target);
            undone.IsRemoved = true;
            return;
        }

        PutBack(undone);
    }

    /// <summary>Removes the outlets that these rows brought along and that nobody has touched or uses.</summary>
    public static async Task RemoveOutletsAsync(CrmDbContext db, IReadOnlyList<ImportRow> rows, CancellationToken ct)
    {
        var outlets = new RecordUndo<Outlet, OutletChanges>(db);
        var made = rows.ToDictionary(r => r, r => RowChanges.Parse(r.Changes).Where(c => c is { Entity: Place, Member: null, Id: not null }).Select(c => (int)c.Id!.Value).ToList());
        await outlets.LoadAsync([.. made.Values.SelectMany(ids => ids)], ct);
        foreach (var (row, ids) in made)
        {
            foreach (var id in ids)
            {
                if (!outlets.IsGone(id) && outlets.Hindrance(id, row.CreatedAt) is null)
                {
                    outlets.Remove(id);
                }
            }
        }

        await db.SaveChangesAsync(ct);
    }

    private void PutBack(UndoneRow undone)
    {
        var changes = _changes[undone.Row.Id];
        if (changes.Count == 0)
        {
            undone.Note("What it changed is not known any more, or was an opposition, which stays.");
        }

        foreach (var record in changes.Where(c => c is { Member: not null, Id: not null } && _undo.ContainsKey(c.Entity)).GroupBy(c => (c.Entity, Id: (int)c.Id!.Value)))
        {
            _undo[record.Key.Entity].PutBack(record.Key.Id, [.. record], undone);
        }
    }

    private static bool IsPart(RowChange change) => change is { Member: null, Id: not null } && change.Entity != Place;

    /// <summary>Removes what the row added to a record; outlets go last of all, see <see cref="RemoveOutletsAsync"/>.</summary>
    public void RemoveParts(UndoneRow undone, DateTime until)
    {
        foreach (var part in _changes[undone.Row.Id].Where(c => IsPart(c) && _undo.ContainsKey(c.Entity)))
        {
            var (undo, id) = (_undo[part.Entity], (int)part.Id!.Value);
            if (undo.IsGone(id))
            {
                continue;
            }

            if (undo.Hindrance(id, until) is { } hindrance)
            {
                undone.Note($"“{part.After}” stays: {hindrance}");
                continue;
            }

            undo.Remove(id);
            undone.IsUndone = true;
            if (part.Entity == Address && undone.Row.InfluencerId is { } person)
            {
                PeopleWithAddressesGone.Add(person);
            }
        }
    }
}
