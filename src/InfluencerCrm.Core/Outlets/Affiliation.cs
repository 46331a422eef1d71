using InfluencerCrm.Core.Access;
using InfluencerCrm.Core.Data;
using InfluencerCrm.Core.Influencers;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace InfluencerCrm.Core.Outlets;

/// <summary>How a person works for an outlet.</summary>
public enum Employment
{
    Staff,
    Freelance,
    Contributor,
}

/// <summary>A person's dated role at an outlet; a freelance has several at once.</summary>
[Access(Right.WriteContacts)]
public sealed class Affiliation : Entity, IWritable<Affiliation, AffiliationChanges>, IOfInfluencer
{
    private Affiliation()
    {
    }

    public Affiliation(int? influencerId, int outletId)
    {
        InfluencerId = influencerId;
        OutletId = outletId;
    }

    public int? InfluencerId { get; private set; }

    public Influencer? Influencer { get; private set; }

    public int OutletId { get; private set; }

    public Outlet? Outlet { get; private set; }

    /// <summary>Job title at the outlet, for example <c>economics editor</c>.</summary>
    public string? Function { get; private set; }

    /// <summary>What they write about there.</summary>
    public string? Beat { get; private set; }

    public Employment? Employment { get; private set; }

    /// <summary>First day; empty when unknown.</summary>
    public DateTime? From { get; private set; }

    /// <summary>Last day; empty while it lasts.</summary>
    public DateTime? To { get; private set; }

    /// <summary>The role that is shown first.</summary>
    public bool Primary { get; private set; }

    /// <summary>Where it is known from.</summary>
    public string? Source { get; private set; }

    public static Affiliation Create(AffiliationChanges changes)
    {
        ArgumentNullException.ThrowIfNull(changes);
        var affiliation = new Affiliation(changes.InfluencerId.Value, changes.OutletId.Required("outletId"));
        affiliation.Apply(changes);
        return affiliation;
    }

    public void Apply(AffiliationChanges changes)
    {
        ArgumentNullException.ThrowIfNull(changes);
        InfluencerId = Check.Owner(InfluencerId, changes.InfluencerId, "influencerId");
        OutletId = changes.OutletId.Or(OutletId);
        Function = changes.Function.Or(Function);
        Beat = changes.Beat.Or(Beat);
        Employment = changes.Employment.Or(Employment);
        From = Check.Utc(changes.From.Or(From));
        To = Check.Utc(changes.To.Or(To));
        Primary = changes.Primary.Or(Primary);
        Source = changes.Source.Or(Source);
        Check.Period(From, To, "to");
    }

    public void BelongTo(int influencerId) => InfluencerId = influencerId;

    internal void MakeSecondary() => Primary = false;
}

/// <summary>What may be sent for an affiliation.</summary>
public sealed record AffiliationChanges
{
    /// <summary>The person; given once.</summary>
    public Optional<int?> InfluencerId { get; init; }

    public Optional<int> OutletId { get; init; }

    public Optional<string?> Function { get; init; }

    public Optional<string?> Beat { get; init; }

    public Optional<Employment?> Employment { get; init; }

    public Optional<DateTime?> From { get; init; }

    /// <summary>Empty while the role lasts.</summary>
    public Optional<DateTime?> To { get; init; }

    public Optional<bool> Primary { get; init; }

    public Optional<string?> Source { get; init; }
}

internal sealed class AffiliationConfiguration : IEntityTypeConfiguration<Affiliation>
{
    public void Configure(EntityTypeBuilder<Affiliation> builder)
    {
        builder.HasOne(a => a.Influencer).WithMany(i => i.Affiliations).HasForeignKey(a => a.InfluencerId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne(a => a.Outlet).WithMany(o => o.Affiliations).HasForeignKey(a => a.OutletId).OnDelete(DeleteBehavior.Restrict);
        builder.HasIndex(a => a.InfluencerId);
        builder.HasIndex(a => new { a.OutletId, a.InfluencerId });
    }
}

/// <summary>One affiliation of a person is the primary one.</summary>
internal sealed class OnePrimaryAffiliation(CrmDbContext db) : IRowRule<Affiliation>
{
    public async Task CheckAsync(Affiliation row, CancellationToken ct)
    {
        if (!row.Primary)
        {
            return;
        }

        foreach (var other in await db.Affiliations.Where(a => a.InfluencerId == row.InfluencerId && a.Id != row.Id && a.Primary).ToListAsync(ct))
        {
            other.MakeSecondary();
        }
    }
}
