using InfluencerCrm.Core.Access;
using InfluencerCrm.Core.Campaigns;
using InfluencerCrm.Core.Coverage;
using InfluencerCrm.Core.Data;
using InfluencerCrm.Core.Errors;
using InfluencerCrm.Core.Influencers;
using InfluencerCrm.Core.Outlets;
using InfluencerCrm.Core.Team;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace InfluencerCrm.Core.Requests;

/// <summary>What somebody asks of us.</summary>
public enum PressRequestKind
{
    Quote,
    Interview,
    Visuals,
    Sample,
    Figures,
    Visit,
    Other,
}

/// <summary>How far the answer is.</summary>
public enum PressRequestStatus
{
    Open,
    InProgress,
    Answered,
    Declined,
    Late,
}

/// <summary>A journalist asks us something, by a deadline.</summary>
[Access(Right.WriteContacts)]
public sealed class PressRequest : Entity, IWritable<PressRequest, PressRequestChanges>, IClientOwned
{
    private PressRequest()
    {
    }

    public PressRequest(string question, DateTime receivedAt)
    {
        Question = question;
        ReceivedAt = Check.Utc(receivedAt)!.Value;
    }

    public int? InfluencerId { get; private set; }

    public Influencer? Influencer { get; private set; }

    public int? OutletId { get; private set; }

    public Outlet? Outlet { get; private set; }

    public int? ClientId { get; private set; }

    public Client? Client { get; private set; }

    /// <summary>When the question came.</summary>
    public DateTime ReceivedAt { get; private set; }

    /// <summary>Until when an answer helps.</summary>
    public DateTime? DeadlineAt { get; private set; }

    public PressRequestKind Kind { get; private set; } = PressRequestKind.Other;

    /// <summary>What is asked.</summary>
    public string? Question { get; private set; }

    public PressRequestStatus Status { get; private set; }

    /// <summary>The user who answers.</summary>
    public int? AssignedToId { get; private set; }

    /// <summary>What was answered.</summary>
    public string? Answer { get; private set; }

    public int? CoverageId { get; private set; }

    public static PressRequest Create(PressRequestChanges changes)
    {
        ArgumentNullException.ThrowIfNull(changes);
        var request = new PressRequest { Question = changes.Question.Required("question") };
        request.Apply(changes);
        return request;
    }

    public void Apply(PressRequestChanges changes)
    {
        ArgumentNullException.ThrowIfNull(changes);
        InfluencerId = changes.InfluencerId.Or(InfluencerId);
        OutletId = changes.OutletId.Or(OutletId);
        ClientId = changes.ClientId.Or(ClientId);
        ReceivedAt = Check.Utc(changes.ReceivedAt.Or(ReceivedAt))!.Value;
        DeadlineAt = Check.Utc(changes.DeadlineAt.Or(DeadlineAt));
        Kind = changes.Kind.Or(Kind);
        Question = changes.Question.IsSet ? changes.Question.Required("question") : Question;
        Status = changes.Status.Or(Status);
        AssignedToId = changes.AssignedToId.Or(AssignedToId);
        Answer = changes.Answer.Or(Answer);
        CoverageId = changes.CoverageId.Or(CoverageId);
    }

    public void BelongTo(int influencerId) => InfluencerId = influencerId;

    internal void ReceivedNow(DateTime now) => ReceivedAt = now;
}

/// <summary>What may be sent for a request.</summary>
public sealed record PressRequestChanges
{
    public Optional<int?> InfluencerId { get; init; }

    public Optional<int?> OutletId { get; init; }

    public Optional<int?> ClientId { get; init; }

    /// <summary>Not given: now.</summary>
    public Optional<DateTime> ReceivedAt { get; init; }

    public Optional<DateTime?> DeadlineAt { get; init; }

    public Optional<PressRequestKind> Kind { get; init; }

    public Optional<string> Question { get; init; }

    public Optional<PressRequestStatus> Status { get; init; }

    public Optional<int?> AssignedToId { get; init; }

    public Optional<string?> Answer { get; init; }

    public Optional<int?> CoverageId { get; init; }
}

internal sealed class PressRequestConfiguration : IEntityTypeConfiguration<PressRequest>
{
    public void Configure(EntityTypeBuilder<PressRequest> builder)
    {
        builder.Property(r => r.Question).HasMaxLength(20_000);
        builder.Property(r => r.Answer).HasMaxLength(20_000);
        builder.HasOne(r => r.Influencer).WithMany().HasForeignKey(r => r.InfluencerId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne(r => r.Outlet).WithMany().HasForeignKey(r => r.OutletId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<User>().WithMany().HasForeignKey(r => r.AssignedToId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<CoveragePiece>().WithMany().HasForeignKey(r => r.CoverageId).OnDelete(DeleteBehavior.Restrict);

        // The desk's list: what is open, soonest deadline first.
        builder.HasIndex(r => new { r.Status, r.DeadlineAt });
        builder.HasIndex(r => r.InfluencerId);
        builder.HasIndex(r => r.OutletId);
        builder.HasIndex(r => r.ClientId);
        builder.HasIndex(r => r.AssignedToId);
        builder.HasIndex(r => r.CoverageId);
    }
}

/// <summary>A request came from somebody, at some time.</summary>
internal sealed class RequestReceived(TimeProvider clock) : IRowRule<PressRequest>
{
    public Task CheckAsync(PressRequest row, CancellationToken ct)
    {
        if (row.InfluencerId is null && row.OutletId is null)
        {
            throw new RuleViolation("required", "influencerId or outletId must be given.", "influencerId");
        }

        if (row.ReceivedAt == default)
        {
            row.ReceivedNow(clock.GetUtcNow().UtcDateTime);
        }

        return Task.CompletedTask;
    }
}
