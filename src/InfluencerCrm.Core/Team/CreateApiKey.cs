using InfluencerCrm.Core.Access;
using InfluencerCrm.Core.Data;
using InfluencerCrm.Core.Errors;
using Microsoft.EntityFrameworkCore;

namespace InfluencerCrm.Core.Team;

/// <summary>What key is wished.</summary>
public sealed record CreateApiKeyRequest
{
    /// <summary>Empty: for whoever asks. Others' keys are made by admins.</summary>
    public int? UserId { get; init; }

    /// <summary>What the key is for.</summary>
    public required string Name { get; init; }

    /// <summary>What it may be used for, with commas between: <c>read</c>, <c>write</c>, <c>send</c>, <c>admin</c>.</summary>
    public required KeyScopes Scopes { get; init; }

    /// <summary>From then on it opens nothing; empty: it does not expire.</summary>
    public DateTime? ExpiresAt { get; init; }
}

/// <summary>A new key; the only time the key itself is seen.</summary>
public sealed record NewApiKey(ApiKey Row, string Key);

/// <summary>Makes an API key with no more scopes than its user's role, and whoever makes it, can use.</summary>
public sealed class CreateApiKey(CrmDbContext db, CurrentActor scope, TimeProvider clock)
{
    public async Task<NewApiKey> ExecuteAsync(CreateApiKeyRequest request, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(request);
        var actor = scope.Required;
        var userId = request.UserId ?? actor.UserId ?? throw new RuleViolation("required", "userId must be given.", "userId");

        // A key makes keys only with the scope admin: a leaked one must not outlive its own revocation.
        if (userId != actor.UserId || actor.ApiKeyId is not null)
        {
            actor.Require(Right.Administer);
        }

        var user = await db.Users.FirstOrDefaultAsync(u => u.Id == userId && u.Active, ct)
            ?? throw new RuleViolation("missingReference", $"userId: there is no active user {userId}.", "userId");
        CheckScopes(request.Scopes, Rights.Of(user.Role), "the user's role does");
        CheckScopes(request.Scopes, actor.Rights, "you do");
        var expiresAt = Check.Utc(request.ExpiresAt);
        if (expiresAt <= clock.GetUtcNow().UtcDateTime)
        {
            throw new RuleViolation("inThePast", "expiresAt must lie in the future.", "expiresAt");
        }

        return await IssueAsync(new ApiKey(user, request.Name, request.Scopes, expiresAt), ct);
    }

    /// <summary>Every scope must give something that the role gives too.</summary>
    internal static void CheckScopes(KeyScopes scopes, Right allowed, string who)
    {
        if (scopes == KeyScopes.None || (scopes & ~KeyScopes.All) != 0)
        {
            throw new RuleViolation("required", "scopes must name at least one of read, write, send, admin.", "scopes");
        }

        foreach (var one in new[] { KeyScopes.Read, KeyScopes.Write, KeyScopes.Send, KeyScopes.Admin })
        {
            if (scopes.HasFlag(one) && (Rights.Of(one) & allowed) == Right.None)
            {
                throw new RuleViolation("scopeTooWide", $"A key cannot have the scope {Words.Camel(one.ToString())}: it allows more than {who}.", "scopes");
            }
        }
    }

    private async Task<NewApiKey> IssueAsync(ApiKey row, CancellationToken ct)
    {
        await using var unit = await db.JoinUnitAsync(ct);
        db.Add(row);
        await db.SaveChangesAsync(ct);
        var key = row.Issue();
        await db.SaveChangesAsync(ct);
        await unit.CommitAsync(ct);

        return new NewApiKey(row, key);
    }
}
