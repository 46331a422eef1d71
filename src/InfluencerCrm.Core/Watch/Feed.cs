using InfluencerCrm.Core.Access;
using InfluencerCrm.Core.Audit;
using InfluencerCrm.Core.Data;
using InfluencerCrm.Core.Errors;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace InfluencerCrm.Core.Watch;

/// <summary>An RSS or Atom feed that is read for coverage, of an outlet or of one person.</summary>
[Access(Right.WriteContacts)]
public sealed class Feed : Entity, IWritable<Feed, FeedChanges>
{
    private Feed()
    {
    }

    public Feed(string url) => Url = url;

    /// <summary>Address of the RSS or Atom feed.</summary>
    public string Url { get; private set; } = "";

    /// <summary>As the feed calls itself.</summary>
    public string? Title { get; private set; }

    public int? OutletId { get; private set; }

    public int? InfluencerId { get; private set; }

    /// <summary>Whether it is read.</summary>
    public bool Active { get; private set; } = true;

    /// <summary>When it was last read.</summary>
    [NotAudited]
    public DateTime? LastReadAt { get; private set; }

    /// <summary>Why the last reading failed; empty when it did not.</summary>
    [NotAudited]
    public string? LastError { get; private set; }

    /// <summary>When it is to be read next.</summary>
    [NotAudited]
    public DateTime? DueAt { get; private set; }

    [NotAudited]
    public Guid? ClaimToken { get; private set; }

    [NotAudited]
    public DateTime? LeaseUntil { get; private set; }

    public static Feed Create(FeedChanges changes)
    {
        ArgumentNullException.ThrowIfNull(changes);
        var feed = new Feed(changes.Url.Required("url"));
        feed.Apply(changes);
        return feed;
    }

    public void Apply(FeedChanges changes)
    {
        ArgumentNullException.ThrowIfNull(changes);
        Url = Check.WebAddress(changes.Url.Or(Url), "url") ?? throw new RuleViolation("required", "url must be given.", "url");
        Title = changes.Title.Or(Title);
        OutletId = changes.OutletId.Or(OutletId);
        InfluencerId = changes.InfluencerId.Or(InfluencerId);
        Active = changes.Active.Or(Active);
    }
}

internal sealed class FeedConfiguration : IEntityTypeConfiguration<Feed>
{
    public void Configure(EntityTypeBuilder<Feed> builder)
    {
        // 800 characters: the longest a unique index of SQL Server takes is 850.
        builder.Property(f => f.Url).HasMaxLength(800);
        builder.Property(f => f.LastError).HasMaxLength(1000);
        builder.HasIndex(f => f.Url).IsUnique();
        builder.HasIndex(f => new { f.Active, f.DueAt });
        builder.HasIndex(f => f.OutletId);
        builder.HasIndex(f => f.InfluencerId);
    }
}
