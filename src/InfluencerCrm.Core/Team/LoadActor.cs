using System.Security.Cryptography;
using InfluencerCrm.Core.Access;
using InfluencerCrm.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace InfluencerCrm.Core.Team;

/// <summary>
/// Loads who acts, from a signed-in user's id or an API key, when a scope begins. Nobody is signed in yet, so it looks behind
/// the query filters. Null: the user or key may not enter, and it is not said why.
/// </summary>
public sealed class LoadActor(CrmDbContext db, IDatabaseProvider provider, KnownKeys known, TimeProvider clock)
{
    private static readonly TimeSpan LastUsedGrain = TimeSpan.FromMinutes(1);

    // Compiled, since every request of every tool begins with it.
    private static readonly PerModel<Func<CrmDbContext, byte[], CancellationToken, Task<FoundKey?>>> ByHash = new();

    public async Task<Actor?> OfUserAsync(int userId, CancellationToken ct)
    {
        var user = await db.Users.IgnoreQueryFilters().AsNoTracking().Where(u => u.Id == userId && u.Active)
            .Select(u => new { u.Id, u.Role }).FirstOrDefaultAsync(ct);
        return user is null ? null : await ActorAsync(user.Id, null, user.Role, Rights.Of(user.Role), ct);
    }

    public async Task<Actor?> OfKeyAsync(string key, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(key);
        var hash = ApiKey.HashOf(key);
        var now = clock.GetUtcNow().UtcDateTime;
        var state = provider.KeptReads(db)?.State;
        if (state is { } same && known.Find(hash, same) is { } before && ApiKey.IsUsable(null, before.ExpiresAt, now) && before.LastUsedAt >= now - LastUsedGrain)
        {
            return before.Actor;
        }

        var found = await ByHash.Of(db, _ => Compiled())(db, hash, ct);
        if (found is null || !CryptographicOperations.FixedTimeEquals(found.KeyHash, hash) || !found.Active || !ApiKey.IsUsable(found.RevokedAt, found.ExpiresAt, now))
        {
            return null;
        }

        if (found.LastUsedAt is null || found.LastUsedAt < now - LastUsedGrain)
        {
            await NoteUseAsync(found.Id, now, ct);
        }

        var actor = await ActorAsync(found.UserId, found.Id, found.Role, Rights.Of(found.Role) & Rights.Of(found.Scopes), ct);
        if (state is { } asOf)
        {
            known.Keep(hash, new KnownKey(asOf, actor, found.ExpiresAt, found.LastUsedAt));
        }

        return actor;
    }

    private static Func<CrmDbContext, byte[], CancellationToken, Task<FoundKey?>> Compiled() => EF.CompileAsyncQuery(
        (CrmDbContext crm, byte[] hash, CancellationToken ct) => crm.ApiKeys.IgnoreQueryFilters().AsNoTracking().Where(k => k.KeyHash == hash)
            .Select(k => new FoundKey(k.Id, k.UserId, k.KeyHash, k.Scopes, k.ExpiresAt, k.RevokedAt, k.LastUsedAt, k.User!.Role, k.User.Active)).FirstOrDefault());

    private sealed record FoundKey(int Id, int UserId, byte[] KeyHash, KeyScopes Scopes, DateTime? ExpiresAt, DateTime? RevokedAt, DateTime? LastUsedAt, Role Role, bool Active);

    // The condition again: of many requests in the same minute one writes.
    private Task<int> NoteUseAsync(int keyId, DateTime now, CancellationToken ct)
    {
        var before = now - LastUsedGrain;
        return db.ApiKeys.IgnoreQueryFilters().Where(k => k.Id == keyId && (k.LastUsedAt == null || k.LastUsedAt < before))
            .UpdateRowsAsync(now, set => set.SetProperty(k => k.LastUsedAt, now), ct);
    }

    private async Task<Actor> ActorAsync(int userId, int? keyId, Role role, Right rights, CancellationToken ct)
    {
        var actor = new Actor { UserId = userId, ApiKeyId = keyId, Rights = rights, SeesAllClients = role == Role.Admin };
        if (actor.SeesAllClients)
        {
            return actor;
        }

        return actor with
        {
            ClientIds = await db.ClientMembers.IgnoreQueryFilters().Where(m => m.UserId == userId).Select(m => m.ClientId).ToListAsync(ct),
            HiddenCampaignIds = await db.Campaigns.IgnoreQueryFilters()
                .Where(c => c.Confidential && c.LeadId != userId && !c.Members.Any(m => m.UserId == userId))
                .Select(c => c.Id).ToListAsync(ct),
        };
    }
}
