using InfluencerCrm.Core.Access;
using InfluencerCrm.Core.Audit;
using InfluencerCrm.Core.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace InfluencerCrm.Core.SendOuts;

/// <summary>How long a budget's window is.</summary>
public enum RateWindow
{
    Minute,
    Day,
}

/// <summary>How many messages an account has used of a minute or day; raised by a conditional UPDATE when messages are claimed, so that all hosts share it.</summary>
[Access(Right.Administer)]
[NotAudited]
public sealed class RateBudget : Entity
{
    private RateBudget()
    {
    }

    public RateBudget(int senderAccountId, RateWindow window, DateTime startsAt)
    {
        SenderAccountId = senderAccountId;
        Window = window;
        StartsAt = startsAt;
    }

    public int SenderAccountId { get; private set; }

    public RateWindow Window { get; private set; }

    public DateTime StartsAt { get; private set; }

    public int Used { get; private set; }
}

internal sealed class RateBudgetConfiguration : IEntityTypeConfiguration<RateBudget>
{
    public void Configure(EntityTypeBuilder<RateBudget> builder)
    {
        builder.HasOne<SenderAccount>().WithMany().HasForeignKey(b => b.SenderAccountId).OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(b => new { b.SenderAccountId, b.Window, b.StartsAt }).IsUnique();
    }
}
