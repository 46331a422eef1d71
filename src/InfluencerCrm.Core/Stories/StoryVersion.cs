using InfluencerCrm.Core.Access;
using InfluencerCrm.Core.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace InfluencerCrm.Core.Stories;

/// <summary>A story's text in one language.</summary>
[Access(Right.WritePlans)]
[SeenWith(typeof(Story), nameof(StoryId))]
public sealed class StoryVersion : Entity, IPart, IWritable<StoryVersion, StoryVersionChanges>
{
    private StoryVersion()
    {
    }

    public StoryVersion(string language, string title, string body)
    {
        Language = language;
        Title = title;
        Body = body;
    }

    public int StoryId { get; private set; }

    /// <summary>BCP 47; one version a language.</summary>
    public string Language { get; private set; } = "";

    /// <summary>Headline in this language.</summary>
    public string Title { get; private set; } = "";

    /// <summary>Markdown.</summary>
    public string Body { get; private set; } = "";

    public static StoryVersion Create(StoryVersionChanges changes)
    {
        ArgumentNullException.ThrowIfNull(changes);
        var version = new StoryVersion(changes.Language.Required("language"), changes.Title.Required("title"), changes.Body.Or(""));
        version.Apply(changes);
        return version;
    }

    public void Apply(StoryVersionChanges changes)
    {
        ArgumentNullException.ThrowIfNull(changes);
        Language = Check.Language(changes.Language.Or(Language), "language") ?? "";
        Title = changes.Title.Or(Title);
        Body = changes.Body.Or(Body);
    }

    public void AttachTo(int ownerId) => StoryId = ownerId;
}

internal sealed class StoryVersionConfiguration : IEntityTypeConfiguration<StoryVersion>
{
    public void Configure(EntityTypeBuilder<StoryVersion> builder)
    {
        builder.Property(v => v.Language).HasMaxLength(35);
        builder.Property(v => v.Title).HasMaxLength(400);
        builder.Property(v => v.Body).HasMaxLength(100_000).MayBeEmpty();
        builder.HasIndex(v => new { v.StoryId, v.Language }).IsUnique();
    }
}
