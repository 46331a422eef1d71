using InfluencerCrm.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace InfluencerCrm.Core.Coverage;

/// <summary>The piece's person is its first author: setting one writes the other; and people's last coverage follows.</summary>
internal sealed class FirstAuthor(CrmDbContext db, TimeProvider clock, LastCoverage last) : IRowRule<CoveragePiece>, IRowRule<CoverageAuthor>
{
    private readonly HashSet<int> _touched = [];

    public async Task CheckAsync(CoveragePiece row, CancellationToken ct)
    {
        if (row.PublishedAt == default)
        {
            row.PublishedNow(clock.GetUtcNow().UtcDateTime);
        }

        var entry = db.Entry(row);
        var isNew = entry.State == EntityState.Added;
        var authors = isNew ? row.Authors : await db.CoverageAuthors.Where(a => a.CoverageId == row.Id).OrderBy(a => a.Position).ToListAsync(ct);
        _touched.UnionWith(authors.Select(a => a.InfluencerId).Append(row.InfluencerId).OfType<int>());
        var former = isNew ? null : entry.Property(c => c.InfluencerId).OriginalValue;
        if (row.InfluencerId == former)
        {
            return;
        }

        if (former is not null && authors.Find(a => a.InfluencerId == former) is { } gone)
        {
            _touched.Add(former.Value);
            db.Remove(gone);
        }

        if (row.InfluencerId is null)
        {
            return;
        }

        if (authors.Find(a => a.InfluencerId == row.InfluencerId) is { } known)
        {
            known.MoveTo(0);
        }
        else
        {
            row.Authors.Add(new CoverageAuthor(row.InfluencerId, 0));
        }
    }

    public async Task SavedAsync(CoveragePiece row, CancellationToken ct)
    {
        if (row.InfluencerId is { } first)
        {
            _touched.Add(first);
        }

        await UpdateAsync(ct);
    }

    public Task CheckAsync(CoverageAuthor row, CancellationToken ct)
    {
        if (db.Entry(row).Property(a => a.InfluencerId).OriginalValue is { } former)
        {
            _touched.Add(former);
        }

        return Task.CompletedTask;
    }

    public async Task SavedAsync(CoverageAuthor row, CancellationToken ct)
    {
        var first = await db.CoverageAuthors.Where(a => a.CoverageId == row.CoverageId)
            .OrderBy(a => a.Position).ThenBy(a => a.Id).Select(a => a.InfluencerId).FirstOrDefaultAsync(ct);
        await db.Coverage.Where(c => c.Id == row.CoverageId && c.InfluencerId != first)
            .UpdateRowsAsync(clock.GetUtcNow().UtcDateTime, set => set.SetProperty(c => c.InfluencerId, first), ct);
        if (row.InfluencerId is { } author)
        {
            _touched.Add(author);
        }

        await UpdateAsync(ct);
    }

    private async Task UpdateAsync(CancellationToken ct)
    {
        foreach (var id in _touched)
        {
            await last.UpdateAsync(id, ct);
        }

        _touched.Clear();
    }
}
