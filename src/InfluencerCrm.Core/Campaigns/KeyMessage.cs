using InfluencerCrm.Core.Access;
using InfluencerCrm.Core.Data;
using InfluencerCrm.Core.Errors;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace InfluencerCrm.Core.Campaigns;

/// <summary>A sentence the campaign wants to be repeated, by language.</summary>
[Access(Right.WritePlans)]
[SeenWith(typeof(Campaign), nameof(CampaignId))]
public sealed class KeyMessage : Entity, IPart, IWritable<KeyMessage, KeyMessageChanges>
{
    private KeyMessage()
    {
    }

    public KeyMessage(LocalizedText text) => Text = text;

    public int CampaignId { get; private set; }

    public LocalizedText Text { get; private set; } = new();

    /// <summary>Place in the list, from the most important on.</summary>
    public int Position { get; private set; }

    public static KeyMessage Create(KeyMessageChanges changes)
    {
        ArgumentNullException.ThrowIfNull(changes);
        var message = new KeyMessage(changes.Text.Required("text"));
        message.Apply(changes);
        return message;
    }

    public void Apply(KeyMessageChanges changes)
    {
        ArgumentNullException.ThrowIfNull(changes);
        Text = changes.Text.Or(Text);
        Position = changes.Position.Or(Position);
        if (Text is null || Text.Values.Count == 0)
        {
            throw new RuleViolation("required", "text must be given in at least one language.", "text");
        }
    }

    public void AttachTo(int ownerId) => CampaignId = ownerId;
}

internal sealed class KeyMessageConfiguration : IEntityTypeConfiguration<KeyMessage>
{
    public void Configure(EntityTypeBuilder<KeyMessage> builder) => builder.HasIndex(k => new { k.CampaignId, k.Position });
}
