using InfluencerCrm.Core.Access;
using InfluencerCrm.Core.Data;
using InfluencerCrm.Core.Errors;
using InfluencerCrm.Core.Influencers;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace InfluencerCrm.Core.Coverage;

/// <summary>A person who wrote, filmed or spoke a piece.</summary>
[Access(Right.WriteContacts)]
public sealed class CoverageAuthor : Entity, IWritable<CoverageAuthor, CoverageAuthorChanges>
{
    private CoverageAuthor()
    {
    }

    public CoverageAuthor(int? influencerId, int position)
    {
        InfluencerId = influencerId;
        Position = position;
    }

    public int CoverageId { get; private set; }

    public int? InfluencerId { get; private set; }

    public Influencer? Influencer { get; private set; }

    /// <summary>Order of naming; the first author has the lowest.</summary>
    public int Position { get; private set; }

    public static CoverageAuthor Create(CoverageAuthorChanges changes)
    {
        ArgumentNullException.ThrowIfNull(changes);
        var author = new CoverageAuthor(changes.InfluencerId.Required("influencerId"), 1);
        author.Apply(changes);
        return author;
    }

    public void Apply(CoverageAuthorChanges changes)
    {
        ArgumentNullException.ThrowIfNull(changes);
        InfluencerId = changes.InfluencerId.Or(InfluencerId) ?? throw new RuleViolation("required", "influencerId must be given.", "influencerId");
        Position = changes.Position.Or(Position);
    }

    public void BelongTo(int coverageId) => CoverageId = coverageId;

    internal void MoveTo(int position) => Position = position;
}

/// <summary>What may be sent for an author.</summary>
public sealed record CoverageAuthorChanges
{
    public Optional<int?> InfluencerId { get; init; }

    /// <summary>Order of naming, 1 where not given; the person in <c>influencerId</c> of the piece has 0.</summary>
    public Optional<int> Position { get; init; }
}

internal sealed class CoverageAuthorConfiguration : IEntityTypeConfiguration<CoverageAuthor>
{
    public void Configure(EntityTypeBuilder<CoverageAuthor> builder)
    {
        builder.HasOne<CoveragePiece>().WithMany(c => c.Authors).HasForeignKey(a => a.CoverageId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne(a => a.Influencer).WithMany().HasForeignKey(a => a.InfluencerId).OnDelete(DeleteBehavior.Restrict);
        builder.HasIndex(a => new { a.CoverageId, a.InfluencerId }).IsUnique();
        builder.HasIndex(a => a.InfluencerId);
    }
}
