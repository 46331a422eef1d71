using System.Reflection;
using System.Text.Json;
using InfluencerCrm.Core.Data;
using InfluencerCrm.Core.Errors;
using InfluencerCrm.Core.Imports.Changes;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace InfluencerCrm.Core.Imports.Reverting;

/// <summary>Takes back what an import did to records of one kind.</summary>
internal abstract class RecordUndo(CrmDbContext db)
{
    protected CrmDbContext Db => db;

    /// <summary>Reads these records, tracked, and what stands against their removal.</summary>
    public abstract Task LoadAsync(IReadOnlyCollection<int> ids, CancellationToken ct);

    /// <summary>Why the record is not as the import left it at that moment, or cannot go; null where it can.</summary>
    public abstract string? Hindrance(int id, DateTime until);

    /// <summary>True where it is gone already.</summary>
    public abstract bool IsGone(int id);

    public abstract void Remove(int id);

    /// <summary>Puts the values of before back into members that still have the import's.</summary>
    public abstract void PutBack(int id, IReadOnlyList<RowChange> changes, UndoneRow undone);
}

/// <inheritdoc/>
internal sealed class RecordUndo<TRow, TChanges>(CrmDbContext db) : RecordUndo(db)
    where TRow : Entity, IWritable<TRow, TChanges>
    where TChanges : class, new()
{
    /// <summary>An opposition is lifted by nothing but an admin's act.</summary>
    private static readonly string[] NeverPutBack = ["doNotContact", "doNotContactReason"];

    /// <summary>Copies of the primary addresses, which follow them.</summary>
    private static readonly string[] Copies = ["email", "phone", "emailStatus"];

    private readonly Dictionary<int, TRow> _rows = [];
    private readonly Dictionary<int, DateTime> _partsChanged = [];
    private readonly Dictionary<int, Type> _referring = [];

    private static string Name => Words.Of(typeof(TRow));

    public override async Task LoadAsync(IReadOnlyCollection<int> ids, CancellationToken ct)
    {
        _rows.Clear();
        _partsChanged.Clear();
        _referring.Clear();
        foreach (var chunk in ids.Order().Chunk(500))
        {
            foreach (var row in await Db.Set<TRow>().IgnoreQueryFilters().Where(r => chunk.Contains(r.Id)).ToListAsync(ct))
            {
                _rows[row.Id] = row;
            }

            foreach (var reference in Db.Model.FindEntityType(typeof(TRow))!.GetReferencingForeignKeys())
            {
                if (!reference.IsOwnership && reference.Properties is [{ PropertyInfo: not null } property])
                {
                    await LookAsync(reference, property.Name, chunk, ct);
                }
            }
        }
    }

    public override string? Hindrance(int id, DateTime until) =>
        _rows[id] is IErasable { ErasedAt: not null } ? $"The {Name} was erased."
        : _rows[id].UpdatedAt > until ? $"The {Name} was changed since the import."
        : _partsChanged.TryGetValue(id, out var parts) && parts > until ? $"What belongs to the {Name} was changed since the import."
        : _referring.TryGetValue(id, out var referring) ? $"The {Name} is in use by at least one {Words.Of(referring)}."
        : null;

    public override bool IsGone(int id) => !_rows.ContainsKey(id);

    public override void Remove(int id)
    {
        Db.Remove(_rows[id]);
        _rows.Remove(id);
    }

    public override void PutBack(int id, IReadOnlyList<RowChange> changes, UndoneRow undone)
    {
        if (!_rows.TryGetValue(id, out var row) || row is IErasable { ErasedAt: not null })
        {
            undone.Note($"The {Name} is not there any more.");
            return;
        }

        var back = new TChanges();
        var any = false;
        foreach (var change in changes)
        {
            if (MemberOf<TRow, TChanges>.Find(change.Member!) is not { } member || Copies.Contains(change.Member))
            {
                continue;
            }

            if (NeverPutBack.Contains(change.Member))
            {
                undone.Note("The opposition stays; an admin may lift it.");
            }
            else if (!JsonElement.DeepEquals(JsonSerializer.SerializeToElement(member.Of(row), RowChanges.Json), change.After.ValueKind == JsonValueKind.Undefined ? Null : change.After))
            {
                undone.Note($"{change.Member} was changed since and stays.");
            }
            else
            {
                member.Set(back, change.Before.ValueKind == JsonValueKind.Undefined ? Null : change.Before);
                any = true;
            }
        }

        if (!any)
        {
            return;
        }

        var entry = Db.Entry(row);
        var kept = entry.CurrentValues.Clone();
        try
        {
            row.Apply(back);
            undone.IsUndone = true;
        }
        catch (RuleViolation refused)
        {
            // What stood there before is not allowed any more, or not beside what was written since.
            entry.CurrentValues.SetValues(kept);
            undone.Note(refused.Message);
        }
    }

    private static readonly JsonElement Null = JsonSerializer.SerializeToElement((object?)null);

    private static readonly MethodInfo LookMethod = typeof(RecordUndo<TRow, TChanges>).GetMethod(nameof(LookIntoAsync), BindingFlags.Instance | BindingFlags.NonPublic)!;

    private Task LookAsync(IForeignKey reference, string property, int[] ids, CancellationToken ct) =>
        (Task)LookMethod.MakeGenericMethod(reference.DeclaringEntityType.ClrType).Invoke(this, [property, ids, reference.DeleteBehavior == DeleteBehavior.Cascade, ct])!;

    // Rows behind a wall refer to it too.
    private async Task LookIntoAsync<TReferring>(string property, int[] ids, bool isPart, CancellationToken ct)
        where TReferring : class, IRow
    {
        var referring = Db.Set<TReferring>().IgnoreQueryFilters().AsNoTracking().Where(r => ids.Contains(EF.Property<int?>(r, property)!.Value));
        if (!isPart)
        {
            foreach (var id in await referring.Select(r => EF.Property<int?>(r, property)!.Value).Distinct().ToListAsync(ct))
            {
                _referring.TryAdd(id, typeof(TReferring));
            }

            return;
        }

        foreach (var part in await referring.GroupBy(r => EF.Property<int?>(r, property)!.Value).Select(g => new { g.Key, Last = g.Max(r => r.UpdatedAt) }).ToListAsync(ct))
        {
            _partsChanged[part.Key] = _partsChanged.TryGetValue(part.Key, out var other) && other > part.Last ? other : part.Last;
        }
    }
}
