using InfluencerCrm.Core.Access;
using InfluencerCrm.Core.Campaigns;
using InfluencerCrm.Core.Data;
using InfluencerCrm.Core.Errors;
using InfluencerCrm.Core.Interactions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace InfluencerCrm.Core.Coverage;

/// <summary>One mention of a client or a competitor in a piece.</summary>
[Access(Right.WriteContacts)]
public sealed class CoverageMention : Entity, IWritable<CoverageMention, CoverageMentionChanges>, IClientOwned
{
    private CoverageMention()
    {
    }

    public CoverageMention(int? clientId, string? competitor)
    {
        ClientId = clientId;
        Competitor = competitor;
    }

    public int CoverageId { get; private set; }

    public int? ClientId { get; private set; }

    public Client? Client { get; private set; }

    /// <summary>The competitor's name, where the mention is not of a client.</summary>
    public string? Competitor { get; private set; }

    public Sentiment? Tone { get; private set; }

    public Prominence? Prominence { get; private set; }

    /// <summary>The key messages the piece carries, as they stood.</summary>
    public List<string> KeyMessages { get; private set; } = [];

    public static CoverageMention Create(CoverageMentionChanges changes)
    {
        ArgumentNullException.ThrowIfNull(changes);
        var mention = new CoverageMention();
        mention.Apply(changes);
        return mention;
    }

    public void Apply(CoverageMentionChanges changes)
    {
        ArgumentNullException.ThrowIfNull(changes);
        ClientId = changes.ClientId.Or(ClientId);
        Competitor = changes.Competitor.Or(Competitor);
        Tone = changes.Tone.Or(Tone);
        Prominence = changes.Prominence.Or(Prominence);
        KeyMessages = changes.KeyMessages.IsSet ? Check.Texts(changes.KeyMessages.Value, 500, "keyMessages") : KeyMessages;
        if (ClientId is null == string.IsNullOrWhiteSpace(Competitor))
        {
            throw new RuleViolation("required", "Either clientId or competitor must be given.", "clientId");
        }
    }

    public void BelongTo(int coverageId) => CoverageId = coverageId;
}

/// <summary>What may be sent for a mention.</summary>
public sealed record CoverageMentionChanges
{
    public Optional<int?> ClientId { get; init; }

    public Optional<string?> Competitor { get; init; }

    public Optional<Sentiment?> Tone { get; init; }

    public Optional<Prominence?> Prominence { get; init; }

    public Optional<List<string>?> KeyMessages { get; init; }
}

internal sealed class CoverageMentionConfiguration : IEntityTypeConfiguration<CoverageMention>
{
    public void Configure(EntityTypeBuilder<CoverageMention> builder)
    {
        builder.Property(m => m.Competitor).HasMaxLength(200);
        builder.PrimitiveCollection(m => m.KeyMessages).ElementType(e => e.HasMaxLength(500));
        builder.HasOne<CoveragePiece>().WithMany(c => c.Mentions).HasForeignKey(m => m.CoverageId).OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(m => m.CoverageId);
        builder.HasIndex(m => m.ClientId);
    }
}
