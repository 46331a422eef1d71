using InfluencerCrm.Core.Access;
using InfluencerCrm.Core.Campaigns;
using InfluencerCrm.Core.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace InfluencerCrm.Core.Watch;

/// <summary>Words and topics that are looked for in what the feeds bring.</summary>
[Access(Right.WriteContacts)]
public sealed class MediaWatch : Entity, IWritable<MediaWatch, MediaWatchChanges>, IClientOwned
{
    private MediaWatch()
    {
    }

    public MediaWatch(string name) => Name = name;

    /// <summary>What the team calls it.</summary>
    public string Name { get; private set; } = "";

    public int? ClientId { get; private set; }

    /// <summary>Words that are looked for.</summary>
    public List<string> Words { get; private set; } = [];

    /// <summary>Topics whose keywords are looked for.</summary>
    public List<int> TopicIds { get; private set; } = [];

    /// <summary>Whether it looks.</summary>
    public bool Active { get; private set; } = true;

    public static MediaWatch Create(MediaWatchChanges changes)
    {
        ArgumentNullException.ThrowIfNull(changes);
        var watch = new MediaWatch(changes.Name.Required("name"));
        watch.Apply(changes);
        return watch;
    }

    public void Apply(MediaWatchChanges changes)
    {
        ArgumentNullException.ThrowIfNull(changes);
        Name = changes.Name.Or(Name);
        ClientId = changes.ClientId.Or(ClientId);
        Words = ValueLists.Words(changes.Words.Or(Words), "words");
        TopicIds = ValueLists.Ids(changes.TopicIds.Or(TopicIds), "topicIds");
        Active = changes.Active.Or(Active);
    }
}

internal sealed class MediaWatchConfiguration : IEntityTypeConfiguration<MediaWatch>
{
    public void Configure(EntityTypeBuilder<MediaWatch> builder)
    {
        builder.ToTable("Watches");
        builder.Property(w => w.Name).HasMaxLength(200);
        builder.HasOne<Client>().WithMany().HasForeignKey(w => w.ClientId).OnDelete(DeleteBehavior.Restrict);
        builder.HasIndex(w => w.ClientId);
    }
}
