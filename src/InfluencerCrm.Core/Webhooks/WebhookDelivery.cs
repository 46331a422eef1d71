using InfluencerCrm.Core.Access;
using InfluencerCrm.Core.Audit;
using InfluencerCrm.Core.Data;
using InfluencerCrm.Core.Errors;
using InfluencerCrm.Core.Work;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace InfluencerCrm.Core.Webhooks;

/// <summary>Where a delivery stands.</summary>
public enum WebhookDeliveryStatus
{
    Pending,
    Delivered,

    /// <summary>Refused for good, or given up after the last attempt.</summary>
    Failed,

    /// <summary>The person it was about was erased first.</summary>
    Cancelled,
}

/// <summary>One event for one webhook: what is sent, when it comes next, and what the receiver last answered.</summary>
[Access(Right.Administer, Read = Right.Administer)]
[NotAudited]
[SeenWith(typeof(Webhook), nameof(WebhookId))]
public sealed class WebhookDelivery : LongEntity, IDueRow
{
    private WebhookDelivery()
    {
    }

    public WebhookDelivery(int webhookId, string name, string payload, int? influencerId, DateTime now)
    {
        WebhookId = webhookId;
        Event = name;
        Payload = payload;
        InfluencerId = influencerId;
        MessageId = $"msg_{Guid.NewGuid():N}";
        DueAt = now;
    }

    /// <summary>The webhook that is told.</summary>
    public int WebhookId { get; private set; }

    /// <summary>Name of the event.</summary>
    public string Event { get; private set; } = "";

    /// <summary>Sent as <c>webhook-id</c>, the same with each attempt, so that the receiver knows a repetition.</summary>
    public string MessageId { get; private set; } = "";

    /// <summary>The body; empty once the person it was about was erased.</summary>
    public string? Payload { get; private set; }

    /// <summary>The person it is about, so that an erasure finds it.</summary>
    public int? InfluencerId { get; private set; }

    public WebhookDeliveryStatus Status { get; private set; }

    /// <summary>How often it was tried.</summary>
    public int Attempts { get; private set; }

    /// <summary>When it is tried next.</summary>
    public DateTime? DueAt { get; private set; }

    /// <summary>When it was last tried.</summary>
    public DateTime? LastAttemptAt { get; private set; }

    /// <summary>The HTTP status of the last answer; empty when there was none.</summary>
    public int? LastStatus { get; private set; }

    /// <summary>The beginning of the last answer, or why there was none.</summary>
    public string? LastResponse { get; private set; }

    public Guid? ClaimToken { get; private set; }

    public DateTime? LeaseUntil { get; private set; }

    /// <summary>Sends it again, from the first attempt on.</summary>
    /// <exception cref="Conflict">There is nothing left to send, or it is on its way.</exception>
    public void Replay(DateTime now)
    {
        if (Payload is null || Status == WebhookDeliveryStatus.Pending)
        {
            throw new Conflict("wrongState", Payload is null ? "The person it was about was erased; there is nothing left to send." : "This delivery is on its way.");
        }

        (Status, Attempts, DueAt, ClaimToken, LeaseUntil) = (WebhookDeliveryStatus.Pending, 0, now, null, null);
    }
}

internal sealed class WebhookDeliveryConfiguration : IEntityTypeConfiguration<WebhookDelivery>
{
    public void Configure(EntityTypeBuilder<WebhookDelivery> builder)
    {
        builder.Property(d => d.Event).HasMaxLength(40);
        builder.Property(d => d.MessageId).HasMaxLength(40);
        builder.Property(d => d.Payload).HasMaxLength(4000);
        builder.Property(d => d.LastResponse).HasMaxLength(1000);
        builder.HasOne<Webhook>().WithMany(w => w.Deliveries).HasForeignKey(d => d.WebhookId).OnDelete(DeleteBehavior.Cascade);

        // The claim: a webhook's due rows, oldest first.
        builder.HasIndex(d => new { d.WebhookId, d.Status, d.DueAt, d.Id });
        builder.HasIndex(d => d.ClaimToken).HasFilter("\"ClaimToken\" IS NOT NULL");
        builder.HasIndex(d => d.InfluencerId).HasFilter("\"InfluencerId\" IS NOT NULL");
        builder.HasIndex(d => d.CreatedAt);
    }
}

/// <summary>Up to where the changes were looked at for a webhook.</summary>
public sealed class WebhookFeed
{
    private WebhookFeed()
    {
    }

    public WebhookFeed(int webhookId, long horizon)
    {
        WebhookId = webhookId;
        SkipTo(horizon);
    }

    public int WebhookId { get; private set; }

    public long Mark { get; private set; }

    public long Seq { get; private set; }

    /// <summary>Nothing before is told any more.</summary>
    public void SkipTo(long horizon) => (Mark, Seq) = (horizon, -1);

    public void Advance(long mark, long seq) => (Mark, Seq) = (mark, seq);
}

internal sealed class WebhookFeedConfiguration : IEntityTypeConfiguration<WebhookFeed>
{
    public void Configure(EntityTypeBuilder<WebhookFeed> builder)
    {
        builder.ToTable("WebhookFeeds");
        builder.HasKey(f => f.WebhookId);
        builder.Property(f => f.WebhookId).ValueGeneratedNever();

        // Two hosts that look at the same changes: one of them moves on.
        builder.Property(f => f.Mark).IsConcurrencyToken();
        builder.Property(f => f.Seq).IsConcurrencyToken();
        builder.HasOne<Webhook>().WithOne().HasForeignKey<WebhookFeed>(f => f.WebhookId).OnDelete(DeleteBehavior.Cascade);
    }
}
