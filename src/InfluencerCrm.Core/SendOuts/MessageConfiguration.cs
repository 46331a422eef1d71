using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace InfluencerCrm.Core.SendOuts;

internal sealed class MessageConfiguration : IEntityTypeConfiguration<Message>
{
    public void Configure(EntityTypeBuilder<Message> builder)
    {
        builder.Property(m => m.ToName).HasMaxLength(200);
        builder.Property(m => m.ToAddress).HasMaxLength(320);
        builder.Property(m => m.AddressKey).HasMaxLength(320);
        builder.Property(m => m.Language).HasMaxLength(35);
        builder.Property(m => m.Locale).HasMaxLength(35);
        builder.Property(m => m.Subject).HasMaxLength(1000);
        builder.Property(m => m.LastResponse).HasMaxLength(1000);
        builder.Property(m => m.InternetMessageId).HasMaxLength(320);
        builder.Property(m => m.Token).HasMaxLength(24);
        builder.Property(m => m.Values).HasMaxLength(200_000);
        builder.HasOne(m => m.SendOut).WithMany(s => s.Messages).HasForeignKey(m => m.SendOutId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<SendOutVariant>().WithMany().HasForeignKey(m => m.VariantId).OnDelete(DeleteBehavior.Restrict);

        builder.HasIndex(m => new { m.SendOutId, m.InfluencerId }).IsUnique();
        builder.HasIndex(m => new { m.SendOutId, m.AddressKey }).IsUnique();

        // Rows that a dead host left in the middle are among the few that are under way. Neither lease nor claim is in any index: each
        // mail changes them three times.
        builder.HasIndex(m => m.Id).HasFilter("\"Status\" = 'Sending'");

        // The claim: a send-out's due rows of a state, oldest first. Progress, and whether a send-out is complete.
        builder.HasIndex(m => new { m.SendOutId, m.Status, m.DueAt, m.Id });

        // What came home is matched by the token alone.
        builder.HasIndex(m => m.Token).IsUnique();

        // Whose copy is due, the oldest first. Most rows have none to make: they stay out of the index.
        builder.HasIndex(m => m.CopyDueAt).HasFilter("\"CopyDueAt\" IS NOT NULL");

        // What a person was sent, and the pressure they are under.
        builder.HasIndex(m => new { m.InfluencerId, m.SentAt });
    }
}
