using InfluencerCrm.Core.Access;
using InfluencerCrm.Core.Audit;
using InfluencerCrm.Core.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace InfluencerCrm.Core.Privacy;

/// <summary>A secret the product made for itself, encrypted; all hosts share it.</summary>
[Access(Right.Administer, Read = Right.Administer)]
[NotAudited]
public sealed class KeptSecret : Entity
{
    private KeptSecret()
    {
    }

    public KeptSecret(string name, string protectedValue)
    {
        Name = name;
        ProtectedValue = protectedValue;
    }

    public string Name { get; private set; } = "";

    public string ProtectedValue { get; private set; } = "";
}

internal sealed class KeptSecretConfiguration : IEntityTypeConfiguration<KeptSecret>
{
    public void Configure(EntityTypeBuilder<KeptSecret> builder)
    {
        builder.Property(s => s.Name).HasMaxLength(100);
        builder.Property(s => s.ProtectedValue).HasMaxLength(4000);
        builder.HasIndex(s => s.Name).IsUnique();
    }
}
