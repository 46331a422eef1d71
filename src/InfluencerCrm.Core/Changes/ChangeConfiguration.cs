using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace InfluencerCrm.Core.Changes;

internal sealed class ChangeConfiguration : IEntityTypeConfiguration<Change>
{
    public void Configure(EntityTypeBuilder<Change> builder)
    {
        builder.ToTable("Changes");
        builder.HasKey(c => c.Seq);
        builder.Property(c => c.Entity).HasMaxLength(40);
        builder.Property(c => c.Kind).HasMaxLength(10);
        builder.Property(c => c.Event).HasMaxLength(40);

        // Whether a row's change is its last one. By the key first: by the set first it would look good to a planner that wants a set's changes since.
        builder.HasIndex(c => new { c.Key, c.Entity });
    }

    /// <summary>What the mark is differs: the number of the transaction, the database's row version, or where there is one writer the sequence itself.</summary>
    public static void OnProvider(ModelBuilder builder, string? provider)
    {
        var mark = builder.Entity<Change>().Property(c => c.Mark);
        if (provider is null)
        {
            return;
        }

        if (provider.EndsWith("Sqlite", StringComparison.Ordinal))
        {
            mark.HasComputedColumnSql("\"Seq\"", stored: false);
            return;
        }

        // What happened since.
        builder.Entity<Change>().HasIndex(c => new { c.Mark, c.Seq });
        if (provider.EndsWith("SqlServer", StringComparison.Ordinal))
        {
            mark.IsRowVersion().HasColumnType("rowversion");

            // EF reads generated keys back in another way from a table that has triggers.
            foreach (var set in FollowedSet.All)
            {
                builder.Entity(set.Row).ToTable(table => table.HasTrigger($"{set.Name}Changes"));
            }
        }
        else
        {
            mark.HasDefaultValueSql("(pg_current_xact_id())::text::bigint");
        }
    }
}
