using InfluencerCrm.Core.Access;
using InfluencerCrm.Core.Audit;
using InfluencerCrm.Core.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace InfluencerCrm.Core.SendOuts;

/// <summary>What a budget is counted for.</summary>
public enum RateWindow
{
    /// <summary>A minute of the clock.</summary>
    Minute,

    /// <summary>Any 24 hours in a row; a row is a slice of them.</summary>
    Day,
}

/// <summary>
/// How many messages a send-out, a sender account or the mail server has used in a minute or in a slice of a day; raised by a conditional UPDATE when
/// messages are claimed, so that all hosts share it.
/// </summary>
[Access(Right.Administer)]
[NotAudited]
public sealed class RateBudget : Entity
{
    private RateBudget()
    {
    }

    /// <param name="used">What of the window has passed unused.</param>
    public RateBudget(string subject, RateWindow window, DateTime startsAt, int used = 0)
    {
        Subject = subject;
        Window = window;
        StartsAt = startsAt;
        Used = used;
    }

    /// <summary><c>sendOut:3</c>, <c>account:2</c>, <c>server</c>, or <c>domain:</c> and a hash.</summary>
    public string Subject { get; private set; } = "";

    public RateWindow Window { get; private set; }

    public DateTime StartsAt { get; private set; }

    public int Used { get; private set; }
}

internal sealed class RateBudgetConfiguration : IEntityTypeConfiguration<RateBudget>
{
    public void Configure(EntityTypeBuilder<RateBudget> builder)
    {
        builder.Property(b => b.Subject).HasMaxLength(40);
        builder.HasIndex(b => new { b.Subject, b.Window, b.StartsAt }).IsUnique();
    }
}
