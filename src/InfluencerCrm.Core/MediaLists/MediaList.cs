using InfluencerCrm.Core.Access;
using InfluencerCrm.Core.Campaigns;
using InfluencerCrm.Core.Data;
using InfluencerCrm.Core.Errors;

namespace InfluencerCrm.Core.MediaLists;

/// <summary>Chosen people, one by one or by a saved filter.</summary>
[Access(Right.WriteContacts)]
public sealed class MediaList : Entity, IWritable<MediaList, MediaListChanges>, IClientOwned, ICampaignOwned, IArchivable
{
    private MediaList()
    {
    }

    public MediaList(string name, MediaListKind kind)
    {
        Name = name;
        Kind = kind;
    }

    /// <summary>What the team calls it.</summary>
    public string Name { get; private set; } = "";

    public int? ClientId { get; private set; }

    public Client? Client { get; private set; }

    public int? CampaignId { get; private set; }

    public Campaign? Campaign { get; private set; }

    public MediaListKind Kind { get; private set; }

    /// <summary>An OData <c>$filter</c> over influencers; of dynamic lists only.</summary>
    public string? Filter { get; private set; }

    public DateTime? ArchivedAt { get; private set; }

    public List<MediaListMember> Members { get; private set; } = [];

    public static MediaList Create(MediaListChanges changes)
    {
        ArgumentNullException.ThrowIfNull(changes);
        var list = new MediaList(changes.Name.Required("name"), changes.Kind.Or(MediaListKind.Static));
        list.Apply(changes);
        return list;
    }

    public void Apply(MediaListChanges changes)
    {
        ArgumentNullException.ThrowIfNull(changes);
        Name = changes.Name.Or(Name);
        ClientId = changes.ClientId.Or(ClientId);
        CampaignId = changes.CampaignId.Or(CampaignId);
        Kind = changes.Kind.Or(Kind);
        Filter = changes.Filter.Or(Filter);
        if (Kind == MediaListKind.Dynamic && string.IsNullOrWhiteSpace(Filter))
        {
            throw new RuleViolation("required", "A dynamic list needs a filter.", "filter");
        }

        if (Kind == MediaListKind.Static && Filter is not null)
        {
            throw new RuleViolation("notForThisKind", "A static list has no filter; its people are its members.", "filter");
        }
    }

    internal void BelongTo(int? clientId) => ClientId = clientId;

    public void Archive(DateTime now) => ArchivedAt = now;

    public void Restore() => ArchivedAt = null;
}
