using InfluencerCrm.Core.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace InfluencerCrm.Core.Influencers;

internal sealed class InfluencerConfiguration : IEntityTypeConfiguration<Influencer>
{
    public const int TextLength = 8000;
    public const int SearchLength = 20_000;

    public void Configure(EntityTypeBuilder<Influencer> builder)
    {
        builder.Ignore(i => i.RelationshipStage);
        builder.Ignore(i => i.RelationshipAim);
        builder.Property(i => i.DisplayName).HasMaxLength(200);
        builder.Property(i => i.FirstName).HasMaxLength(100);
        builder.Property(i => i.LastName).HasMaxLength(100);
        builder.Property(i => i.Email).HasMaxLength(ContactPointConfiguration.AddressLength);
        builder.Property(i => i.Phone).HasMaxLength(60);
        builder.Property(i => i.Country).HasMaxLength(2);
        builder.Property(i => i.City).HasMaxLength(100);
        builder.Property(i => i.Language).HasMaxLength(35);
        builder.Property(i => i.TimeZone).HasMaxLength(60);
        builder.Property(i => i.Bio).HasMaxLength(TextLength);
        builder.Property(i => i.About).HasMaxLength(TextLength);
        builder.Property(i => i.PhotoUrl).HasMaxLength(1000);
        builder.Property(i => i.PreferredChannel).HasMaxLength(40);
        builder.Property(i => i.LawfulBasis).HasMaxLength(100);
        builder.PrimitiveCollection(i => i.Languages).ElementType(e => e.HasMaxLength(35));
        builder.PrimitiveCollection(i => i.Tags).ElementType(e => e.HasMaxLength(100));
        builder.Property(i => i.DisplayNameSearch).IsSearchText();
        builder.Property(i => i.FirstNameSearch).IsSearchText();
        builder.Property(i => i.LastNameSearch).IsSearchText();
        builder.Property(i => i.BioSearch).IsSearchText(TextLength);
        builder.Property(i => i.SearchText).IsSearchText(SearchLength);
        builder.HasOne(i => i.AwayDelegate).WithMany().HasForeignKey(i => i.AwayDelegateId).OnDelete(DeleteBehavior.Restrict);

        // Lists by country and kind, best first; then the same without a country.
        builder.HasIndex(i => new { i.Country, i.Kind, i.InfluenceScore }).IsDescending(false, false, true);
        builder.HasIndex(i => new { i.InfluenceScore, i.Id }).IsDescending(true, false);
        builder.HasIndex(i => i.LastInteractionAt);
        builder.HasIndex(i => i.DisplayNameSearch);
        builder.HasIndex(i => i.LastNameSearch);
        builder.HasIndex(i => i.Email);
        builder.HasIndex(i => i.UpdatedAt);
        builder.HasIndex(i => i.AwayDelegateId);
    }
}
