using InfluencerCrm.Core.Access;
using InfluencerCrm.Core.Data;
using InfluencerCrm.Core.Stories;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace InfluencerCrm.Core.SendOuts;

/// <summary>A file of the story that this send-out brings, as a link or an attachment.</summary>
[Access(Right.WritePlans)]
[SeenWith(typeof(SendOut), nameof(SendOutId))]
public sealed class SendOutAsset : Entity, IPart, IWritable<SendOutAsset, SendOutAssetChanges>
{
    private SendOutAsset()
    {
    }

    public SendOutAsset(int storyAssetId) => StoryAssetId = storyAssetId;

    public int SendOutId { get; private set; }

    /// <summary>The story's file.</summary>
    public int StoryAssetId { get; private set; }

    public StoryAsset? StoryAsset { get; private set; }

    public static SendOutAsset Create(SendOutAssetChanges changes)
    {
        ArgumentNullException.ThrowIfNull(changes);
        return new SendOutAsset(changes.StoryAssetId.Required("storyAssetId"));
    }

    public void Apply(SendOutAssetChanges changes)
    {
        ArgumentNullException.ThrowIfNull(changes);
        StoryAssetId = changes.StoryAssetId.Or(StoryAssetId);
    }

    public void AttachTo(int ownerId) => SendOutId = ownerId;
}

internal sealed class SendOutAssetConfiguration : IEntityTypeConfiguration<SendOutAsset>
{
    public void Configure(EntityTypeBuilder<SendOutAsset> builder)
    {
        // A file that a mail brings or links to stays: it is what the recipient was given.
        builder.HasOne(a => a.StoryAsset).WithMany().HasForeignKey(a => a.StoryAssetId).OnDelete(DeleteBehavior.Restrict);
        builder.HasIndex(a => new { a.SendOutId, a.StoryAssetId }).IsUnique();
    }
}
