using InfluencerCrm.Core.Access;
using InfluencerCrm.Core.Data;

namespace InfluencerCrm.Core.Campaigns;

/// <summary>Creates a client with its creator as lead, and lets this scope see it at once.</summary>
public sealed class CreateClient(CreateRow<Client, ClientChanges> create, CurrentActor scope)
{
    public async Task<Client> ExecuteAsync(ClientChanges changes, CancellationToken ct)
    {
        var client = await create.ExecuteAsync(changes, null, ct);

        // The actor's clients were loaded when the scope began, before this one was there.
        var actor = scope.Required;
        scope.Become(actor with { ClientIds = [.. actor.ClientIds, client.Id] });
        return client;
    }
}
