using InfluencerCrm.Core.Access;
using InfluencerCrm.Core.Campaigns;
using InfluencerCrm.Core.Data;
using InfluencerCrm.Core.Influencers;
using InfluencerCrm.Core.Stories;
using InfluencerCrm.Core.Team;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace InfluencerCrm.Core.Tasks;

/// <summary>Something a member of the team is to do; done when it has a time.</summary>
[Access(Right.WriteContacts)]
[SeenWith(typeof(Campaign), nameof(CampaignId))]
[SeenWith(typeof(Story), nameof(StoryId))]
public sealed class CrmTask : Entity, IWritable<CrmTask, CrmTaskChanges>, ICampaignOwned
{
    private CrmTask()
    {
    }

    public CrmTask(string title) => Title = title;

    /// <summary>What is to be done.</summary>
    public string Title { get; private set; } = "";

    /// <summary>Until when.</summary>
    public DateTime? DueAt { get; private set; }

    /// <summary>The user who does it.</summary>
    public int? AssigneeId { get; private set; }

    public int? InfluencerId { get; private set; }

    public Influencer? Influencer { get; private set; }

    public int? CampaignId { get; private set; }

    public Campaign? Campaign { get; private set; }

    public int? StoryId { get; private set; }

    public Story? Story { get; private set; }

    public int? RequestId { get; private set; }

    /// <summary>When it was done; empty while it is open.</summary>
    public DateTime? DoneAt { get; private set; }

    public static CrmTask Create(CrmTaskChanges changes)
    {
        ArgumentNullException.ThrowIfNull(changes);
        var task = new CrmTask(changes.Title.Required("title"));
        task.Apply(changes);
        return task;
    }

    public void Apply(CrmTaskChanges changes)
    {
        ArgumentNullException.ThrowIfNull(changes);
        Title = changes.Title.Or(Title);
        DueAt = Check.Utc(changes.DueAt.Or(DueAt));
        AssigneeId = changes.AssigneeId.Or(AssigneeId);
        InfluencerId = changes.InfluencerId.Or(InfluencerId);
        CampaignId = changes.CampaignId.Or(CampaignId);
        StoryId = changes.StoryId.Or(StoryId);
        RequestId = changes.RequestId.Or(RequestId);
        DoneAt = Check.Utc(changes.DoneAt.Or(DoneAt));
    }
}

internal sealed class CrmTaskConfiguration : IEntityTypeConfiguration<CrmTask>
{
    public void Configure(EntityTypeBuilder<CrmTask> builder)
    {
        builder.ToTable("Tasks");
        builder.Property(t => t.Title).HasMaxLength(400);
        builder.HasOne<User>().WithMany().HasForeignKey(t => t.AssigneeId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne(t => t.Campaign).WithMany().HasForeignKey(t => t.CampaignId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne(t => t.Story).WithMany().HasForeignKey(t => t.StoryId).OnDelete(DeleteBehavior.Restrict);

        // "My open tasks, the most pressing first."
        builder.HasIndex(t => new { t.AssigneeId, t.DoneAt, t.DueAt });
        builder.HasIndex(t => t.InfluencerId);
        builder.HasIndex(t => t.CampaignId);
        builder.HasIndex(t => t.StoryId);
        builder.HasIndex(t => t.RequestId);
    }
}
