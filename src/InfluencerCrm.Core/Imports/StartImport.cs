using InfluencerCrm.Core.Access;
using InfluencerCrm.Core.Data;
using InfluencerCrm.Core.Errors;
using InfluencerCrm.Core.Imports.Columns;
using InfluencerCrm.Core.Imports.Reading;
using Microsoft.EntityFrameworkCore;

namespace InfluencerCrm.Core.Imports;

/// <summary>What to import.</summary>
public sealed record StartImportRequest
{
    /// <summary>As the person who brings it calls it; no path is made of it.</summary>
    public required string FileName { get; init; }

    /// <summary>Null: told from the file's name and first bytes.</summary>
    public ImportFormat? Format { get; init; }

    /// <summary>Null: people; of a list of feeds, outlets.</summary>
    public ImportKind? Kind { get; init; }

    public bool DryRun { get; init; }

    /// <summary>Name of the preset that says what the columns are; null: none.</summary>
    public string? Preset { get; init; }

    /// <summary>What columns are taken as, for this file alone; goes before the preset.</summary>
    public IReadOnlyList<ColumnUse> Columns { get; init; } = [];

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
    /// <exception cref="RuleViolation">It has no column that says who or what; or the chosen columns do not fit it.</exception>
    /// <exception cref="TooLarge">It is larger than is taken.</exception>
    public async Task<ImportJob> ExecuteAsync(StartImportRequest request, Stream upload, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(request);
        scope.Required.Require(Right.WriteContacts);
        var (asked, chosen) = await ChosenAsync(request, ct);
        var stored = await files.SaveAsync(upload, ct);
        try
        {
            var (format, kind, description, columns, rows) = await ExamineAsync(stored, request, asked, chosen, ct);
            var now = clock.GetUtcNow().UtcDateTime;
            var job = new ImportJob(Name(request.FileName), format, kind, request.DryRun, stored, scope.Required.UserId, now);
            job.Expect(description, ImportColumns.ToJson(columns), rows);
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

    private async Task<(ImportKind? Kind, IReadOnlyList<ColumnUse> Columns)> ChosenAsync(StartImportRequest request, CancellationToken ct)
    {
        if (request.Preset is null)
        {
            return (request.Kind, request.Columns);
        }

        var preset = await db.ImportPresets.AsNoTracking().Include(p => p.Columns).FirstOrDefaultAsync(p => p.Name == request.Preset, ct)
            ?? throw new RuleViolation("missingReference", $"There is no preset \"{request.Preset}\".", "preset");
        return request.Kind is null || preset.Kind == request.Kind
            ? (preset.Kind, [.. preset.Columns.OrderBy(c => c.Id).Select(c => new ColumnUse(c.Heading, c.Field)), .. request.Columns])
            : throw new RuleViolation("presetDoesNotFit", $"The preset \"{preset.Name}\" is for an import of {Words.Camel(preset.Kind.ToString())}.", "preset");
    }

    private async Task<(ImportFormat Format, ImportKind Kind, string Description, IReadOnlyList<ColumnUse> Columns, int Rows)> ExamineAsync(string stored, StartImportRequest request, ImportKind? asked, IReadOnlyList<ColumnUse> chosen, CancellationToken ct)
    {
        await using var file = files.Open(stored);
        await using var reader = await TableFile.OpenAsync(file, FormatOf(request.Format ?? Named(request.FileName)), TableLimits.Default, ct);
        var kind = asked ?? (reader.Format == TableFormat.Opml ? ImportKind.Outlets : ImportKind.Influencers);
        var columns = ImportColumns.Find(kind, reader.Headings, chosen);
        var rows = 0;
        await foreach (var _ in reader.ReadRowsAsync(ct))
        {
            rows++;
        }

        return (FormatOf(reader.Format), kind, reader.Description, columns, rows);
    }

    internal static TableFormat? FormatOf(ImportFormat? format) => format switch
    {
        ImportFormat.Csv => TableFormat.Csv,
        ImportFormat.Xlsx => TableFormat.Xlsx,
        ImportFormat.Vcard => TableFormat.Vcard,
        ImportFormat.Opml => TableFormat.Opml,
        _ => null,
    };

    private static ImportFormat FormatOf(TableFormat format) => format switch
    {
        TableFormat.Xlsx => ImportFormat.Xlsx,
        TableFormat.Vcard => ImportFormat.Vcard,
        TableFormat.Opml => ImportFormat.Opml,
        _ => ImportFormat.Csv,
    };

    /// <summary>A table is told from its bytes; what is called a vCard and is none would pass for a table without headings.</summary>
    private static ImportFormat? Named(string fileName) =>
        fileName.EndsWith(".vcf", StringComparison.OrdinalIgnoreCase) || fileName.EndsWith(".vcard", StringComparison.OrdinalIgnoreCase) ? ImportFormat.Vcard
        : fileName.EndsWith(".opml", StringComparison.OrdinalIgnoreCase) ? ImportFormat.Opml
        : null;

    /// <summary>One line of text that fits its column, whatever the request called the file.</summary>
    private static string Name(string fileName)
    {
        var name = string.Concat(fileName[(fileName.LastIndexOfAny(['/', '\\']) + 1)..].Where(c => !char.IsControl(c))).Trim();
        return name.Length == 0 ? "upload" : SearchTextOf.Cut(name, 255);
    }
}
