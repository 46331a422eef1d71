using InfluencerCrm.Core.Data;
using InfluencerCrm.Core.Errors;
using InfluencerCrm.Core.Imports.Mapping;
using InfluencerCrm.Core.Imports.Reading;
using Microsoft.EntityFrameworkCore;

namespace InfluencerCrm.Core.Imports.Rows;

/// <summary>What the imports of other things than people share: rows one by one through the change tracker, their words by prepared statements.</summary>
internal abstract class RecordBatches<TRead> : IRowBatches
    where TRead : class
{
    private readonly IReadOnlyList<string> _headings;
    private readonly BulkInsert<ImportRow> _insertWords;

    protected RecordBatches(CrmDbContext db, IDatabaseProvider provider, TimeProvider clock, ImportJob job, IReadOnlyList<string> headings)
    {
        (Db, Job, _headings) = (db, job, headings);
        Source = $"import {job.FileName}";
        _insertWords = new BulkInsert<ImportRow>(db, clock, readKeys: false, provider: provider);
    }

    protected CrmDbContext Db { get; }

    protected ImportJob Job { get; }

    /// <summary>What is written where a record says where it comes from.</summary>
    protected string Source { get; }

    public ReadRow Read(TableRow row)
    {
        var read = Read(row, out var problems);
        return new Cleaned(row, read, problems);
    }

    public async Task<IReadOnlyList<ImportOutcome>> WriteAsync(IReadOnlyList<ReadRow> rows, CancellationToken ct)
    {
        var cleaned = rows.Cast<Cleaned>().ToList();
        await LoadAsync([.. cleaned.Select(r => r.Value).OfType<TRead>()], ct);
        var words = new List<RowWord>(rows.Count);
        foreach (var row in cleaned)
        {
            var word = new RowWord(row);
            words.Add(word);
            if (row.Value is null)
            {
                word.Refuse(row.Problems.First(p => p.Refuses).Code, Text(row.Problems.Where(p => p.Refuses)));
                continue;
            }

            foreach (var problem in row.Problems)
            {
                word.Note(problem.Code, Text([problem]));
            }

            try
            {
                await TakeAsync(row.Value, word, ct);
            }
            catch (CrmError refused) when (refused is RuleViolation or Conflict)
            {
                word.Refuse(refused.Code, refused.Message);
            }
        }

        if (!Job.DryRun)
        {
            await Db.SaveChangesAsync(ct);
            await SavedAsync(ct);
        }

        await _insertWords.WriteAsync(words.ConvertAll(w => w.ToRow(Job.Id, _headings)), ct);
        return words.ConvertAll(w => w.Outcome);
    }

    public virtual void Committed()
    {
    }

    public virtual void RolledBack()
    {
    }

    public virtual ValueTask DisposeAsync() => _insertWords.DisposeAsync();

    /// <returns>Null where the row is refused; then a problem says so.</returns>
    protected abstract TRead? Read(TableRow row, out IReadOnlyList<RowProblem> problems);

    /// <summary>Reads what these rows may be about, tracked.</summary>
    protected abstract Task LoadAsync(IReadOnlyList<TRead> rows, CancellationToken ct);

    /// <summary>Makes a record of the row, or changes the one that is there, and sets the word.</summary>
    protected abstract Task TakeAsync(TRead row, RowWord word, CancellationToken ct);

    /// <summary>After the records have their keys.</summary>
    protected virtual Task SavedAsync(CancellationToken ct) => Task.CompletedTask;

    /// <summary>Changes a record; one that refuses the change is left as it was.</summary>
    /// <returns>Whether anything has another value now.</returns>
    protected bool Change<T, TChanges>(T row, TChanges changes, RowWord word)
        where T : class, IWritable<T, TChanges>
        where TChanges : class, new()
    {
        var before = word.Changes.Count;
        var entry = Db.Entry(row);
        var kept = entry.State == EntityState.Detached ? null : entry.CurrentValues.Clone();
        try
        {
            word.Changes.Apply(row, changes);
        }
        catch (CrmError)
        {
            if (kept is not null)
            {
                entry.CurrentValues.SetValues(kept);
            }

            throw;
        }

        return word.Changes.Count > before;
    }

    private static string Text(IEnumerable<RowProblem> problems) => string.Join(' ', problems.Select(p => p.Column is null ? p.Message : $"{p.Column}: {p.Message}"));

    private sealed record Cleaned(TableRow Row, TRead? Value, IReadOnlyList<RowProblem> Problems) : ReadRow(Row, Problems);
}
