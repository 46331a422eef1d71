using InfluencerCrm.Core.Access;
using InfluencerCrm.Core.Audit;
using InfluencerCrm.Core.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace InfluencerCrm.Core.Platforms;

/// <summary>How people deal with each other in a social space.</summary>
public enum RelationMode
{
    Conversation,
    Participation,
    Contribution,
}

/// <summary>What people express themselves with in a social space.</summary>
public enum ExpressionMode
{
    Microblog,
    LongForm,
    Image,
    Video,
    Audio,
    Forum,
}

/// <summary>Where a social space is in its life.</summary>
public enum PlatformLifecycle
{
    Emerging,
    Active,
    Declining,
    Closed,
}

/// <summary>A social space. Spaces come and go, so they are rows.</summary>
[Access(Right.WriteContacts)]
public sealed class Platform : Entity, IWritable<Platform, PlatformChanges>
{
    private Platform()
    {
    }

    public Platform(string name)
    {
        Name = name;
        NameSearch = SearchText.Normalise(name);
    }

    /// <summary>As it calls itself.</summary>
    public string Name { get; private set; } = "";

    [NotAudited]
    public string NameSearch { get; private set; } = "";

    /// <summary>What people do there with each other.</summary>
    public List<RelationMode> RelationModes { get; private set; } = [];

    /// <summary>In what form they express themselves there.</summary>
    public List<ExpressionMode> ExpressionModes { get; private set; } = [];

    public PlatformLifecycle Lifecycle { get; private set; } = PlatformLifecycle.Active;

    /// <summary>The address of an account, with <c>{handle}</c> for its name.</summary>
    public string? UrlPattern { get; private set; }

    public static Platform Create(PlatformChanges changes)
    {
        ArgumentNullException.ThrowIfNull(changes);
        var platform = new Platform(changes.Name.Required("name"));
        platform.Apply(changes);
        return platform;
    }

    public void Apply(PlatformChanges changes)
    {
        ArgumentNullException.ThrowIfNull(changes);
        Name = changes.Name.Or(Name);
        NameSearch = SearchText.Normalise(Name);
        RelationModes = changes.RelationModes.IsSet ? Check.Values(changes.RelationModes.Value, "relationModes") : RelationModes;
        ExpressionModes = changes.ExpressionModes.IsSet ? Check.Values(changes.ExpressionModes.Value, "expressionModes") : ExpressionModes;
        Lifecycle = changes.Lifecycle.Or(Lifecycle);
        UrlPattern = changes.UrlPattern.Or(UrlPattern);
    }
}

/// <summary>What may be sent for a platform.</summary>
public sealed record PlatformChanges
{
    public Optional<string> Name { get; init; }

    public Optional<List<RelationMode>?> RelationModes { get; init; }

    public Optional<List<ExpressionMode>?> ExpressionModes { get; init; }

    public Optional<PlatformLifecycle> Lifecycle { get; init; }

    /// <summary>The address of an account, with <c>{handle}</c> for its name.</summary>
    public Optional<string?> UrlPattern { get; init; }
}

internal sealed class PlatformConfiguration : IEntityTypeConfiguration<Platform>
{
    public void Configure(EntityTypeBuilder<Platform> builder)
    {
        builder.Property(p => p.Name).HasMaxLength(100);
        builder.Property(p => p.NameSearch).IsSearchText();
        builder.Property(p => p.UrlPattern).HasMaxLength(1000);
        builder.PrimitiveCollection(p => p.RelationModes).ElementType(e => e.HasConversion<string>().HasMaxLength(40));
        builder.PrimitiveCollection(p => p.ExpressionModes).ElementType(e => e.HasConversion<string>().HasMaxLength(40));
        builder.HasIndex(p => p.NameSearch);
    }
}
