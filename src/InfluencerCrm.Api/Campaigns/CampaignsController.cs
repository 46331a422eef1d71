using InfluencerCrm.Api.OData;
using InfluencerCrm.Core.Campaigns;

namespace InfluencerCrm.Api.Campaigns;

/// <summary>Plans for a client: brief, decision, objectives, key messages, dates.</summary>
public sealed class CampaignsController : WriteController<Campaign, CampaignChanges>;

/// <summary>The brands and companies the team works for; walls stand between them.</summary>
public sealed class ClientsController(CreateClient create) : ArchivableController<Client, ClientChanges>
{
    protected override Task<Client> CreateAsync(ClientChanges changes, CancellationToken ct) => create.ExecuteAsync(changes, ct);
}
