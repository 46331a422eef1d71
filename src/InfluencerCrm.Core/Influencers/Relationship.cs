using InfluencerCrm.Core.Access;
using InfluencerCrm.Core.Audit;
using InfluencerCrm.Core.Campaigns;
using InfluencerCrm.Core.Data;
using InfluencerCrm.Core.Interactions;
using InfluencerCrm.Core.Team;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace InfluencerCrm.Core.Influencers;

/// <summary>How far a relationship has come.</summary>
public enum RelationshipStage
{
    Unknown,
    Connected,
    Convinced,
    Converted,
}

/// <summary>What a relationship is for.</summary>
public enum RelationshipAim
{
    Visibility,
    Expertise,
    Proximity,
}

/// <summary>How a person is addressed where the language knows two ways.</summary>
public enum Formality
{
    Vous,
    Tu,
}

/// <summary>A person and a client (none: the agency): who owns the relationship, how far it has come, how the person is addressed.</summary>
[Access(Right.WriteContacts)]
public sealed class Relationship : Entity, IWritable<Relationship, RelationshipChanges>, IClientOwned, IOfInfluencer
{
    private Relationship()
    {
    }

    public Relationship(int? influencerId, int? clientId)
    {
        InfluencerId = influencerId;
        SetClient(clientId);
    }

    public int? InfluencerId { get; private set; }

    public Influencer? Influencer { get; private set; }

    public int? ClientId { get; private set; }

    public Client? Client { get; private set; }

    /// <summary>The client's id, 0 for the agency: a unique index over an empty client differs between databases.</summary>
    [NotAudited]
    public int ClientKey { get; private set; }

    /// <summary>The user who keeps the contact.</summary>
    public int? OwnerId { get; private set; }

    public RelationshipStage Stage { get; private set; }

    /// <summary>The interaction that shows the stage.</summary>
    public long? StageEvidenceId { get; private set; }

    public RelationshipAim? Aim { get; private set; }

    public Formality? Formality { get; private set; }

    /// <summary>First line of mails, for example <c>Chère Zoé</c>.</summary>
    public string? Salutation { get; private set; }

    public static Relationship Create(RelationshipChanges changes)
    {
        ArgumentNullException.ThrowIfNull(changes);
        var relationship = new Relationship(changes.InfluencerId.Value, changes.ClientId.Value);
        relationship.Apply(changes);
        return relationship;
    }

    public void Apply(RelationshipChanges changes)
    {
        ArgumentNullException.ThrowIfNull(changes);
        InfluencerId = Check.Owner(InfluencerId, changes.InfluencerId, "influencerId");
        SetClient(changes.ClientId.Or(ClientId));
        OwnerId = changes.OwnerId.Or(OwnerId);
        Stage = changes.Stage.Or(Stage);
        StageEvidenceId = changes.StageEvidenceId.Or(StageEvidenceId);
        Aim = changes.Aim.Or(Aim);
        Formality = changes.Formality.Or(Formality);
        Salutation = changes.Salutation.Or(Salutation);
    }

    public void BelongTo(int influencerId) => InfluencerId = influencerId;

    private void SetClient(int? clientId)
    {
        ClientId = clientId;
        ClientKey = clientId ?? 0;
    }
}

/// <summary>What may be sent for a relationship.</summary>
public sealed record RelationshipChanges
{
    /// <summary>The person; given once.</summary>
    public Optional<int?> InfluencerId { get; init; }

    /// <summary>Empty: the agency's own relationship.</summary>
    public Optional<int?> ClientId { get; init; }

    /// <summary>The user who looks after the relationship.</summary>
    public Optional<int?> OwnerId { get; init; }

    public Optional<RelationshipStage> Stage { get; init; }

    public Optional<long?> StageEvidenceId { get; init; }

    public Optional<RelationshipAim?> Aim { get; init; }

    public Optional<Formality?> Formality { get; init; }

    public Optional<string?> Salutation { get; init; }
}

internal sealed class RelationshipConfiguration : IEntityTypeConfiguration<Relationship>
{
    public void Configure(EntityTypeBuilder<Relationship> builder)
    {
        builder.HasOne(r => r.Influencer).WithMany(i => i.Relationships).HasForeignKey(r => r.InfluencerId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<User>().WithMany().HasForeignKey(r => r.OwnerId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<Interaction>().WithMany().HasForeignKey(r => r.StageEvidenceId).OnDelete(DeleteBehavior.Restrict);
        builder.HasIndex(r => new { r.InfluencerId, r.ClientKey }).IsUnique();
        builder.HasIndex(r => new { r.ClientId, r.Stage });
        builder.HasIndex(r => r.OwnerId);
        builder.HasIndex(r => r.StageEvidenceId);
    }
}
