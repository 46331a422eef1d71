using InfluencerCrm.Core.Access;
using InfluencerCrm.Core.Data;
using InfluencerCrm.Core.Errors;
using InfluencerCrm.Core.Imports.Mapping;
using InfluencerCrm.Core.Imports.Reading;

namespace InfluencerCrm.Core.Imports;

/// <summary>What to import.</summary>
public sealed record StartImportRequest
{
    /// <summary>As the person who brings it calls it; no path is made of it.</summary>
    public required string FileName { get; init; }

    /// <summary>Null: told from the file's name and first bytes.</summary>
    public ImportFormat? Format { get; init; }

    public ImportKind Kind { get; init; }

    public bool DryRun { get; init; }

    /// <summary>True: the caller runs it at once, so that no worker may take it.</summary>
    public bool Claimed { get; init; }
}

/// <summary>
/// Takes a file in: keeps it, reads it once from end to end, and leaves a job to whichever host is free. A file that is no table, or
/// stops being one in its middle, is refused here and has changed nothing.
/// </summary>
public sealed class StartImport(CrmDbContext db, CurrentActor scope, ImportFiles files, TimeProvider clock)
{
    /// <exception cref="Malformed">The file cannot be read.</exception>
    /// <exception cref="RuleViolation">It has no column that says who; or such a file cannot be imported yet.</exception>
    /// <exception cref="TooLarge">It is larger than is taken.</exception>
    public async Task<ImportJob> ExecuteAsync(StartImportRequest request, Stream upload, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(request);
        scope.Required.Require(Right.WriteContacts);
        if (request.Kind != ImportKind.Influencers)
        {
            throw new RuleViolation("notYet", "Only people (kind=influencers) can be imported yet.", "kind");
        }

        if (request.Format is not (null or ImportFormat.Csv or ImportFormat.Xlsx or ImportFormat.Vcard))
        {
            throw new RuleViolation("notYet", "Only CSV, .xlsx and vCard files (format=csv, format=xlsx, format=vcard) can be imported yet.", "format");
        }

        var stored = await files.SaveAsync(upload, ct);
        try
        {
            var (format, rows) = await ExamineAsync(stored, request.Format ?? Named(request.FileName), ct);
            var now = clock.GetUtcNow().UtcDateTime;
            var job = new ImportJob(Name(request.FileName), format, request.Kind, request.DryRun, stored, scope.Required.UserId, now);
            job.ExpectRows(rows);
            if (request.Claimed)
            {
                job.Start(Guid.NewGuid(), now + ClaimImport.Lease, now);
            }

            db.Add(job);
            await db.SaveChangesAsync(ct);
            return job;
        }
        catch
        {
            files.Delete(stored);
            throw;
        }
    }

    private async Task<(ImportFormat Format, int Rows)> ExamineAsync(string stored, ImportFormat? format, CancellationToken ct)
    {
        await using var file = files.Open(stored);
        await using var reader = await TableFile.OpenAsync(file, FormatOf(format), TableLimits.Default, ct);
        ColumnMap.Guess(reader.Headings);
        var rows = 0;
        await foreach (var _ in reader.ReadRowsAsync(ct))
        {
            rows++;
        }

        return (FormatOf(reader.Format), rows);
    }

    internal static TableFormat? FormatOf(ImportFormat? format) => format switch
    {
        ImportFormat.Csv => TableFormat.Csv,
        ImportFormat.Xlsx => TableFormat.Xlsx,
        ImportFormat.Vcard => TableFormat.Vcard,
        _ => null,
    };

    private static ImportFormat FormatOf(TableFormat format) => format switch
    {
        TableFormat.Xlsx => ImportFormat.Xlsx,
        TableFormat.Vcard => ImportFormat.Vcard,
        _ => ImportFormat.Csv,
    };

    /// <summary>A table is told from its bytes; what is called a vCard and is none would pass for a table without headings.</summary>
    private static ImportFormat? Named(string fileName) =>
        fileName.EndsWith(".vcf", StringComparison.OrdinalIgnoreCase) || fileName.EndsWith(".vcard", StringComparison.OrdinalIgnoreCase) ? ImportFormat.Vcard : null;

    /// <summary>One line of text that fits its column, whatever the request called the file.</summary>
    private static string Name(string fileName)
    {
        var name = string.Concat(fileName[(fileName.LastIndexOfAny(['/', '\\']) + 1)..].Where(c => !char.IsControl(c))).Trim();
        return name.Length == 0 ? "upload" : SearchTextOf.Cut(name, 255);
    }
}
