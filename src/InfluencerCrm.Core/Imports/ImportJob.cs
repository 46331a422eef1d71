using InfluencerCrm.Core.Access;
using InfluencerCrm.Core.Audit;
using InfluencerCrm.Core.Data;
using InfluencerCrm.Core.Errors;
using InfluencerCrm.Core.Team;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace InfluencerCrm.Core.Imports;

/// <summary>One file that is or was read in, with its progress and a word on each row. Worked on by whichever host holds its lease.</summary>
[Access(Right.WriteContacts)]
public sealed class ImportJob : Entity
{
    private ImportJob()
    {
    }

    public ImportJob(string fileName, ImportFormat format, ImportKind kind, bool dryRun, string sourceFile, int? requestedById, DateTime now)
    {
        ArgumentNullException.ThrowIfNull(fileName);
        FileName = fileName[(fileName.LastIndexOfAny(['/', '\\']) + 1)..];
        Format = format;
        Kind = kind;
        DryRun = dryRun;
        SourceFile = sourceFile;
        RequestedById = requestedById;
        DueAt = now;
    }

    /// <summary>A word on each row.</summary>
    public List<ImportRow> Rows { get; private set; } = [];

    /// <summary>As it was uploaded.</summary>
    public string FileName { get; private set; } = "";

    public ImportFormat Format { get; private set; }

    public ImportKind Kind { get; private set; }

    /// <summary>Says what would be done, and does nothing.</summary>
    public bool DryRun { get; private set; }

    public ImportStatus Status { get; private set; }

    /// <summary>Rows of the file, once known.</summary>
    [NotAudited]
    public int? Total { get; private set; }

    /// <summary>Rows that were looked at so far.</summary>
    [NotAudited]
    public int Processed { get; private set; }

    /// <summary>Rows that became new entries.</summary>
    [NotAudited]
    public int Created { get; private set; }

    /// <summary>Rows that changed an entry.</summary>
    [NotAudited]
    public int Updated { get; private set; }

    /// <summary>Rows that said nothing new.</summary>
    [NotAudited]
    public int Unchanged { get; private set; }

    /// <summary>Rows that could not be taken; they can be downloaded.</summary>
    [NotAudited]
    public int Refused { get; private set; }

    /// <summary>What was found out about the file: encoding and delimiter, the sheet's name, the version of the cards.</summary>
    public string? Description { get; private set; }

    /// <summary>JSON: what each column is taken as, in the file's order: <c>[{"heading":"Nom","field":"lastName"}]</c>; one without field is not taken.</summary>
    [NotAudited]
    public string? Columns { get; private set; }

    /// <summary>Rows whose effect was taken back.</summary>
    [NotAudited]
    public int Undone { get; private set; }

    /// <summary>Rows that a revert left as they are: changed since, or in use.</summary>
    [NotAudited]
    public int Kept { get; private set; }

    /// <summary>Why it failed as a whole.</summary>
    public string? Error { get; private set; }

    /// <summary>When the import began.</summary>
    public DateTime? StartedAt { get; private set; }

    /// <summary>When it ended.</summary>
    public DateTime? FinishedAt { get; private set; }

    /// <summary>The user who uploaded the file.</summary>
    public int? RequestedById { get; private set; }

    /// <summary>Name of the uploaded file in the store of uploads; no path.</summary>
    [NotAudited]
    public string SourceFile { get; private set; } = "";

    [NotAudited]
    public DateTime? DueAt { get; private set; }

    [NotAudited]
    public Guid? ClaimToken { get; private set; }

    [NotAudited]
    public DateTime? LeaseUntil { get; private set; }

    /// <summary>Begins, or goes on after a host was lost: the counts stand for the rows that were written, after which it goes on.</summary>
    public void Start(Guid claimToken, DateTime leaseUntil, DateTime now)
    {
        RequireState("started", ImportStatus.Queued, ImportStatus.Running);
        Status = ImportStatus.Running;
        ClaimToken = claimToken;
        LeaseUntil = leaseUntil;
        StartedAt ??= now;
    }

    public void Count(ImportOutcome outcome)
    {
        Processed++;
        switch (outcome)
        {
            case ImportOutcome.Created: Created++; break;
            case ImportOutcome.Updated: Updated++; break;
            case ImportOutcome.Unchanged: Unchanged++; break;
            default: Refused++; break;
        }
    }

    /// <param name="description">What the file is, for a person.</param>
    /// <param name="columns">What each column is taken as.</param>
    /// <param name="total">Its rows.</param>
    public void Expect(string description, string columns, int total)
    {
        Description = SearchTextOf.Cut(description, ImportJobConfiguration.DescriptionLength);
        Columns = columns;
        Total = total;
    }

    public void Renew(DateTime leaseUntil) => LeaseUntil = leaseUntil;

    public void Complete(DateTime now)
    {
        RequireState("completed", ImportStatus.Running);
        Total = Processed;
        Finish(ImportStatus.Completed, now);
    }

    /// <param name="error">In words for the person who brought the file.</param>
    public void Fail(string error, DateTime now)
    {
        RequireState("failed", ImportStatus.Queued, ImportStatus.Running, ImportStatus.Reverting);
        Error = error;
        Finish(ImportStatus.Failed, now);
    }

    /// <summary>Has what it did taken back.</summary>
    /// <exception cref="Conflict">It is not over, changed nothing, or is reverted.</exception>
    public void Revert(DateTime now)
    {
        if (DryRun)
        {
            throw new Conflict("wrongState", "A dry run changed nothing that could be taken back.", "dryRun");
        }

        if (Kind == ImportKind.Suppressions)
        {
            throw new Conflict("neverReverted", "Oppositions are not taken back with their import; an admin may lift one, with a reason.", "kind");
        }

        RequireState("reverted", ImportStatus.Completed, ImportStatus.Failed, ImportStatus.Cancelled);
        Status = ImportStatus.Reverting;
        DueAt = now;
    }

    public void CompleteRevert(int undone, int kept, DateTime now)
    {
        RequireState("reverted", ImportStatus.Reverting);
        (Undone, Kept, Error) = (undone, kept, null);
        Finish(ImportStatus.Reverted, now);
    }

    /// <summary>Rows already written stay; the reader notices at its next batch.</summary>
    public void Cancel(DateTime now)
    {
        RequireState("cancelled", ImportStatus.Queued, ImportStatus.Running);
        Finish(ImportStatus.Cancelled, now);
    }

    private void Finish(ImportStatus status, DateTime now)
    {
        Status = status;
        FinishedAt = now;
        DueAt = null;
        ClaimToken = null;
        LeaseUntil = null;
    }

    private void RequireState(string act, params ReadOnlySpan<ImportStatus> allowed)
    {
        if (!allowed.Contains(Status))
        {
            throw new Conflict("wrongState", $"The import is {Words.Camel(Status.ToString())}; it cannot be {act}.", "status");
        }
    }
}

internal sealed class ImportJobConfiguration : IEntityTypeConfiguration<ImportJob>
{
    public const int DescriptionLength = 400;

    public void Configure(EntityTypeBuilder<ImportJob> builder)
    {
        builder.ToTable("Imports");
        builder.Property(i => i.FileName).HasMaxLength(255);
        builder.Property(i => i.SourceFile).HasMaxLength(255);
        builder.Property(i => i.Description).HasMaxLength(DescriptionLength);
        builder.Property(i => i.Columns).HasMaxLength(-1);
        builder.Property(i => i.Error).HasMaxLength(4000);
        builder.HasOne<User>().WithMany().HasForeignKey(i => i.RequestedById).OnDelete(DeleteBehavior.Restrict);
        builder.HasIndex(i => new { i.Status, i.DueAt });
    }
}
