using InfluencerCrm.Core.Access;
using InfluencerCrm.Core.Data;
using InfluencerCrm.Core.Errors;
using InfluencerCrm.Core.Influencers;
using InfluencerCrm.Core.Outlets;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace InfluencerCrm.Core.Stories;

/// <summary>What we owe.</summary>
public enum PromiseKind
{
    Exclusive,
    Interview,
    EarlyAccess,
    Visit,
    AnswerBy,
}

/// <summary>Whether we kept it.</summary>
public enum PromiseStatus
{
    Open,
    Kept,
    Broken,
    Released,
}

/// <summary>We owe a person or an outlet an exclusive, an interview, an answer.</summary>
[Access(Right.WritePlans)]
[SeenWith(typeof(Story), nameof(StoryId))]
public sealed class Promise : Entity, IWritable<Promise, PromiseChanges>
{
    private Promise()
    {
    }

    public Promise(PromiseKind kind) => Kind = kind;

    public PromiseKind Kind { get; private set; }

    public int? StoryId { get; private set; }

    public Story? Story { get; private set; }

    public int? InfluencerId { get; private set; }

    public Influencer? Influencer { get; private set; }

    public int? OutletId { get; private set; }

    public Outlet? Outlet { get; private set; }

    /// <summary>Until when it holds or is owed.</summary>
    public DateTime? Until { get; private set; }

    public PromiseStatus Status { get; private set; }

    public static Promise Create(PromiseChanges changes)
    {
        ArgumentNullException.ThrowIfNull(changes);
        var promise = new Promise(changes.Kind.Required("kind"));
        promise.Apply(changes);
        return promise;
    }

    public void Apply(PromiseChanges changes)
    {
        ArgumentNullException.ThrowIfNull(changes);
        Kind = changes.Kind.Or(Kind);
        StoryId = changes.StoryId.Or(StoryId);
        InfluencerId = changes.InfluencerId.Or(InfluencerId);
        OutletId = changes.OutletId.Or(OutletId);
        Until = Check.Utc(changes.Until.Or(Until));
        Status = changes.Status.Or(Status);
        if (InfluencerId is null && OutletId is null)
        {
            throw new RuleViolation("required", "A promise is made to somebody: influencerId or outletId must be given.", "influencerId");
        }
    }
}

internal sealed class PromiseConfiguration : IEntityTypeConfiguration<Promise>
{
    public void Configure(EntityTypeBuilder<Promise> builder)
    {
        builder.HasOne(p => p.Story).WithMany().HasForeignKey(p => p.StoryId).OnDelete(DeleteBehavior.Restrict);
        builder.HasIndex(p => p.InfluencerId);
        builder.HasIndex(p => p.OutletId);
        builder.HasIndex(p => new { p.Status, p.Until });
    }
}
