using InfluencerCrm.Core.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace InfluencerCrm.Core.Topics;

internal sealed class TopicConfiguration : IEntityTypeConfiguration<Topic>
{
    public const int SearchLength = 8000;

    public void Configure(EntityTypeBuilder<Topic> builder)
    {
        builder.Property(t => t.Name).HasMaxLength(200);
        builder.Property(t => t.NameSearch).IsSearchText();
        builder.Property(t => t.SearchText).IsSearchText(SearchLength);
        builder.HasOne(t => t.Parent).WithMany(t => t.Children).HasForeignKey(t => t.ParentId).OnDelete(DeleteBehavior.Restrict);

        // Import and the picker look topics up by normalised name.
        builder.HasIndex(t => t.NameSearch);
        builder.HasIndex(t => t.ParentId);
    }
}
