using InfluencerCrm.Core.Access;
using InfluencerCrm.Core.Data;
using InfluencerCrm.Core.Team;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace InfluencerCrm.Core.Campaigns;

/// <summary>A user who works on a campaign, and sees it when it is confidential.</summary>
[Access(Right.WritePlans)]
[SeenWith(typeof(Campaign), nameof(CampaignId))]
public sealed class CampaignMember : Entity, IPart, IWritable<CampaignMember, CampaignMemberChanges>
{
    private CampaignMember()
    {
    }

    public CampaignMember(int userId) => UserId = userId;

    public int CampaignId { get; private set; }

    public int UserId { get; private set; }

    public static CampaignMember Create(CampaignMemberChanges changes)
    {
        ArgumentNullException.ThrowIfNull(changes);
        return new CampaignMember(changes.UserId.Required("userId"));
    }

    public void Apply(CampaignMemberChanges changes)
    {
        ArgumentNullException.ThrowIfNull(changes);
        UserId = changes.UserId.Or(UserId);
    }

    public void AttachTo(int ownerId) => CampaignId = ownerId;
}

internal sealed class CampaignMemberConfiguration : IEntityTypeConfiguration<CampaignMember>
{
    public void Configure(EntityTypeBuilder<CampaignMember> builder)
    {
        builder.HasOne<User>().WithMany().HasForeignKey(m => m.UserId).OnDelete(DeleteBehavior.Restrict);
        builder.HasIndex(m => new { m.CampaignId, m.UserId }).IsUnique();
        builder.HasIndex(m => m.UserId);
    }
}
