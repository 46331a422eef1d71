using InfluencerCrm.Core.Access;

namespace InfluencerCrm.Core.Team;

public sealed class LoadActor
{
    public Task<Actor?> ByKeyAsync(string key, CancellationToken ct) => Task.FromResult<Actor?>(key == "x" ? new Actor { Rights = Right.All, SeesAllClients = true } : null);
    public Task<Actor?> ByUserAsync(int id, CancellationToken ct) => Task.FromResult<Actor?>(Actor.System);
    public Task<int> ExecuteAsync(int a) => Task.FromResult(a);
}
