using InfluencerCrm.Core.Access;
using InfluencerCrm.Core.Audit;
using InfluencerCrm.Core.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace InfluencerCrm.Core.Imports;

/// <summary>The word on one row of an imported file.</summary>
[Access(Right.WriteContacts)]
[NotAudited]
public sealed class ImportRow : LongEntity
{
    private ImportRow()
    {
    }

    public ImportRow(int importId, int line, ImportOutcome outcome, int? influencerId, string? code = null, string? message = null, string? source = null, int? targetId = null, string? changes = null)
    {
        ImportId = importId;
        Line = line;
        Outcome = outcome;
        InfluencerId = influencerId;
        Code = code;
        Message = message;
        Source = source;
        TargetId = targetId;
        Changes = changes;
    }

    public int ImportId { get; private set; }

    /// <summary>As a text editor or spreadsheet counts: the first line is 1.</summary>
    public int Line { get; private set; }

    public ImportOutcome Outcome { get; private set; }

    public int? InfluencerId { get; private set; }

    /// <summary>Slug of the reason, as in errors of the API.</summary>
    public string? Code { get; private set; }

    /// <summary>What happened to the row, and why.</summary>
    public string? Message { get; private set; }

    /// <summary>The record the row is about, where the import is not of people: an outlet, a piece of coverage, a suppression.</summary>
    public int? TargetId { get; private set; }

    /// <summary>
    /// JSON: what the row changed, or in a dry run would change, value by value:
    /// <c>[{"entity":"influencer","id":1,"member":"city","before":"Lyon","after":"Paris"}]</c>. A record that is new as a whole has no
    /// member. Of rows that created a person, only a dry run tells each value.
    /// </summary>
    public string? Changes { get; private set; }

    public RevertOutcome? Reverted { get; private set; }

    /// <summary>Why a reverted row was left as it is, or what of it.</summary>
    public string? RevertNote { get; private set; }

    /// <summary>The row as it came, of refused rows only, so that they can be given back as a file.</summary>
    public string? Source { get; private set; }

    internal void Revert(RevertOutcome outcome, string? note)
    {
        Reverted = outcome;
        RevertNote = note is null ? null : SearchTextOf.Cut(note, ImportRowConfiguration.NoteLength);
    }
}

internal sealed class ImportRowConfiguration : IEntityTypeConfiguration<ImportRow>
{
    public const int NoteLength = 1000;

    public void Configure(EntityTypeBuilder<ImportRow> builder)
    {
        builder.Property(r => r.Code).HasMaxLength(60);
        builder.Property(r => r.Message).HasMaxLength(1000);
        builder.Property(r => r.Source).HasMaxLength(20_000);
        builder.Property(r => r.Changes).HasMaxLength(-1);
        builder.Property(r => r.RevertNote).HasMaxLength(NoteLength);
        builder.HasOne<ImportJob>().WithMany(i => i.Rows).HasForeignKey(r => r.ImportId).OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(r => new { r.ImportId, r.Line });

        // An erasure finds the rows about a person; an import, what its earlier rows said of them.
        builder.HasIndex(r => new { r.InfluencerId, r.ImportId }).HasFilter("\"InfluencerId\" IS NOT NULL");
    }
}
