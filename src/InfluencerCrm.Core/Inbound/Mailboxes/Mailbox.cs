using InfluencerCrm.Core.Access;
using InfluencerCrm.Core.Audit;
using InfluencerCrm.Core.Data;
using InfluencerCrm.Core.Work;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace InfluencerCrm.Core.Inbound.Mailboxes;

/// <summary>A folder of a mail account that the product works on: how far it got, which host holds it, and what is wrong with it.</summary>
[Access(Right.Administer, Read = Right.Administer)]
[NotAudited]
public sealed class Mailbox : LongEntity, IDueRow
{
    private Mailbox()
    {
    }

    public Mailbox(string account, string folder, DateTime takesSince)
    {
        Account = account;
        Folder = folder;
        TakesSince = takesSince;
    }

    /// <summary>User and server.</summary>
    public string Account { get; private set; } = "";

    /// <summary>Its name in IMAP; <c>\Sent</c> stands for the folder of sent mails, whatever its name.</summary>
    public string Folder { get; private set; } = "";

    /// <summary>Mails that came earlier are left alone, also when the folder is read again from its beginning.</summary>
    public DateTime TakesSince { get; private set; }

    /// <summary>UIDVALIDITY of the folder when <see cref="LastUid"/> was written; null: it was never opened.</summary>
    public long? Validity { get; private set; }

    /// <summary>UID of the last mail that was taken.</summary>
    public long LastUid { get; private set; }

    /// <summary>When it was last seen that nothing is left to do.</summary>
    public DateTime? LookedAt { get; private set; }

    /// <summary>What keeps the product from it; null: nothing does.</summary>
    public string? Fault { get; private set; }

    /// <summary>Since when.</summary>
    public DateTime? FaultSince { get; private set; }

    /// <summary>Of the host that works on it.</summary>
    public Guid? ClaimToken { get; private set; }

    public DateTime? LeaseUntil { get; private set; }

    /// <summary>One host works on it all the time.</summary>
    DateTime? IDueRow.DueAt => null;
}

internal sealed class MailboxConfiguration : IEntityTypeConfiguration<Mailbox>
{
    public const int FaultLength = 1000;

    public void Configure(EntityTypeBuilder<Mailbox> builder)
    {
        builder.Property(m => m.Account).HasMaxLength(600);
        builder.Property(m => m.Folder).HasMaxLength(100);
        builder.Property(m => m.Fault).HasMaxLength(FaultLength);
        builder.HasIndex(m => new { m.Account, m.Folder }).IsUnique();
    }
}
