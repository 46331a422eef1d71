using System.Data.Common;
using System.Security.Cryptography;
using System.Text;
using InfluencerCrm.Core.Access;
using InfluencerCrm.Core.Data;
using InfluencerCrm.Core.Errors;
using Microsoft.EntityFrameworkCore;

namespace InfluencerCrm.Core.Idempotency;

/// <summary>What is known of a key.</summary>
public enum IdempotencyState
{
    /// <summary>The caller does the write, and nobody else meanwhile.</summary>
    Claimed,

    /// <summary>Somebody is at it.</summary>
    Running,

    /// <summary>It was done; the answer is there.</summary>
    Done,
}

/// <summary>A key as it was found or claimed.</summary>
public sealed record FoundKey(IdempotencyState State, IdempotencyKey Row);

/// <summary>Claims an idempotency key, or says what became of the write that claimed it before.</summary>
public sealed class ClaimIdempotencyKey(CrmDbContext db, CurrentActor scope, IDatabaseProvider provider, TimeProvider clock)
{
    private const int Attempts = 3;

    /// <param name="subject">Method and path.</param>
    /// <param name="key">As the client sent it.</param>
    /// <param name="requestHash">Null where the body is not read yet.</param>
    /// <param name="lease">How long the write may take.</param>
    public async Task<FoundKey> ExecuteAsync(string subject, string key, byte[]? requestHash, TimeSpan lease, CancellationToken ct)
    {
        var actor = scope.Required;
        var who = actor.ApiKeyId is { } apiKey ? $"key:{apiKey}" : $"user:{actor.UserId}";
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{who}\n{subject}\n{key}"));
        for (var attempt = 1; ; attempt++)
        {
            var now = clock.GetUtcNow().UtcDateTime;
            var row = await db.IdempotencyKeys.FirstOrDefaultAsync(k => k.KeyHash == hash, ct);
            if (row is not null && row.ExpiresAt > now && (row.Status is not null || row.LeaseUntil > now))
            {
                db.ChangeTracker.Clear();
                return new FoundKey(row.Status is null ? IdempotencyState.Running : IdempotencyState.Done, row);
            }

            if (row is null)
            {
                row = new IdempotencyKey(hash);
                db.Add(row);
            }

            row.Claim(requestHash, now, lease);
            try
            {
                await db.SaveChangesAsync(ct);
                return new FoundKey(IdempotencyState.Claimed, row);
            }
            catch (Exception exception) when (attempt < Attempts && WasFaster(exception))
            {
                // Somebody else claimed it at this moment; what they make of it is found in the next round.
            }
            finally
            {
                db.ChangeTracker.Clear();
            }
        }
    }

    private bool WasFaster(Exception exception) =>
        exception is VersionMismatch || (exception is DbUpdateException { InnerException: DbException inner } && provider.IsUniqueViolation(inner));
}
