using InfluencerCrm.Core.Access;
using InfluencerCrm.Core.Audit;
using InfluencerCrm.Core.Data;
using InfluencerCrm.Core.Errors;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace InfluencerCrm.Core.Stories;

/// <summary>A file that goes with a story: a photo, a fact sheet. Its bytes are a row of their own, so that lists stay light.</summary>
[Access(Right.WritePlans)]
[SeenWith(typeof(Story), nameof(StoryId))]
public sealed class StoryAsset : Entity, IPart
{
    /// <summary>20 MB, what most mail servers take at most.</summary>
    public const int MaxSize = 20 * 1024 * 1024;

    private StoryAsset()
    {
    }

    /// <exception cref="RuleViolation">The file is empty or larger than <see cref="MaxSize"/>.</exception>
    public StoryAsset(int storyId, string fileName, string mediaType, byte[] content)
    {
        ArgumentNullException.ThrowIfNull(fileName);
        ArgumentNullException.ThrowIfNull(content);
        if (content.Length is 0 or > MaxSize)
        {
            throw new RuleViolation("fileSize", $"A file holds 1 byte to {MaxSize / (1024 * 1024)} MB; this one holds {content.Length} bytes.", "file");
        }

        StoryId = storyId;
        FileName = LastPart(fileName);
        MediaType = mediaType;
        Size = content.Length;
        Content = new AssetContent(content);
    }

    public int StoryId { get; private set; }

    /// <summary>As it was uploaded.</summary>
    public string FileName { get; private set; } = "";

    /// <summary>For example <c>image/jpeg</c>.</summary>
    public string MediaType { get; private set; } = "";

    /// <summary>Bytes.</summary>
    public int Size { get; private set; }

    public AssetContent? Content { get; private set; }

    public void AttachTo(int ownerId) => StoryId = ownerId;

    // Browsers and scripts may send a path; a mail must not name one.
    private static string LastPart(string fileName) => fileName[(fileName.LastIndexOfAny(['/', '\\']) + 1)..].Trim();
}

/// <summary>The bytes of a story's file.</summary>
[Access(Right.WritePlans)]
[NotAudited]
[SeenWith(typeof(StoryAsset), nameof(StoryAssetId))]
public sealed class AssetContent : Entity
{
    private AssetContent()
    {
    }

    public AssetContent(byte[] bytes) => Bytes = bytes;

    public int StoryAssetId { get; private set; }

    public byte[] Bytes { get; private set; } = [];
}

internal sealed class StoryAssetConfiguration : IEntityTypeConfiguration<StoryAsset>, IEntityTypeConfiguration<AssetContent>
{
    public void Configure(EntityTypeBuilder<StoryAsset> builder)
    {
        builder.Property(a => a.FileName).HasMaxLength(200);
        builder.Property(a => a.MediaType).HasMaxLength(100);
        builder.HasOne(a => a.Content).WithOne().HasForeignKey<AssetContent>(c => c.StoryAssetId).OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(a => a.StoryId);
    }

    public void Configure(EntityTypeBuilder<AssetContent> builder) => builder.Property(c => c.Bytes).HasMaxLength(StoryAsset.MaxSize);
}
