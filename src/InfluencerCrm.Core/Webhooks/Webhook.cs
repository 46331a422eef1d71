using InfluencerCrm.Core.Access;
using InfluencerCrm.Core.Audit;
using InfluencerCrm.Core.Campaigns;
using InfluencerCrm.Core.Data;
using InfluencerCrm.Core.Errors;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace InfluencerCrm.Core.Webhooks;

/// <summary>An address of another tool that is told of events, signed with a shared secret.</summary>
[Access(Right.Administer, Read = Right.Administer)]
public sealed class Webhook : Entity, IWritable<Webhook, WebhookChanges>, IClientOwned
{
    private Webhook()
    {
    }

    public Webhook(string url) => Url = url;

    /// <summary>Where events are sent.</summary>
    public string Url { get; private set; } = "";

    /// <summary>Names of events, for example <c>influencer.erased</c>; empty: all.</summary>
    public List<string> Events { get; private set; } = [];

    /// <summary>Whether it is told of events.</summary>
    public bool Active { get; private set; } = true;

    /// <summary>Only events of this client's rows; empty: all, without confidential campaigns.</summary>
    public int? ClientId { get; private set; }

    /// <summary>Why it was switched off by the product.</summary>
    public string? DisabledReason { get; private set; }

    /// <summary>What was and is to be sent, for 30 days.</summary>
    public List<WebhookDelivery> Deliveries { get; private set; } = [];

    /// <summary>Encrypted; never read by the API.</summary>
    [NotAudited]
    public string? ProtectedSecret { get; private set; }

    /// <summary>As sent, until it is encrypted for the database.</summary>
    internal string? NewSecret { get; private set; }

    public static Webhook Create(WebhookChanges changes)
    {
        ArgumentNullException.ThrowIfNull(changes);
        var webhook = new Webhook(changes.Url.Required("url"));
        webhook.Apply(changes);
        return webhook;
    }

    public void Apply(WebhookChanges changes)
    {
        ArgumentNullException.ThrowIfNull(changes);
        Url = Check.WebAddress(changes.Url.Or(Url), "url") ?? throw new RuleViolation("required", "url must be given.", "url");
        Events = WebhookEvents.Check(ValueLists.Words(changes.Events.Or(Events), "events"));
        Active = changes.Active.Or(Active);
        DisabledReason = Active ? null : DisabledReason;
        ClientId = changes.ClientId.Or(ClientId);
        if (changes.Secret.IsSet)
        {
            NewSecret = WebhookSecret.Checked(changes.Secret.Required("secret"));
            ProtectedSecret = null;
        }
    }

    internal void Disable(string reason) => (Active, DisabledReason) = (false, reason);

    /// <summary>From now on the new secret signs.</summary>
    internal void Rotate(string secret) => (NewSecret, ProtectedSecret) = (secret, null);

    internal void Keep(string? protectedSecret)
    {
        ProtectedSecret = protectedSecret;
        NewSecret = null;
    }
}

internal sealed class WebhookConfiguration : IEntityTypeConfiguration<Webhook>
{
    public void Configure(EntityTypeBuilder<Webhook> builder)
    {
        builder.Property(w => w.Url).HasMaxLength(1000);
        builder.Property(w => w.DisabledReason).HasMaxLength(400);
        builder.Property(w => w.ProtectedSecret).HasMaxLength(4000);
        builder.Ignore(w => w.NewSecret);
        builder.HasOne<Client>().WithMany().HasForeignKey(w => w.ClientId).OnDelete(DeleteBehavior.Restrict);
        builder.HasIndex(w => w.ClientId);
    }
}
