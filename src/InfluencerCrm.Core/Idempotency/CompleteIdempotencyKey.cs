using InfluencerCrm.Core.Data;
using InfluencerCrm.Core.Errors;

namespace InfluencerCrm.Core.Idempotency;

/// <summary>Keeps the answer under a claimed key, in the transaction of the write, or gives the key back when there was none to keep.</summary>
public sealed class CompleteIdempotencyKey(CrmDbContext db)
{
    /// <exception cref="VersionMismatch">The claim ran out and somebody else took it: the write must not be kept.</exception>
    public async Task ExecuteAsync(IdempotencyKey claimed, KeptAnswer answer, byte[] requestHash, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(claimed);
        db.ChangeTracker.Clear();
        db.Attach(claimed);
        claimed.Complete(answer, requestHash);
        await db.SaveChangesAsync(ct);
    }

    /// <summary>The write failed: it may be tried again at once.</summary>
    public Task ReleaseAsync(IdempotencyKey claimed, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(claimed);
        var (id, version) = (claimed.Id, claimed.Version);
        return db.IdempotencyKeys.Where(k => k.Id == id && k.Version == version).DeleteRowsAsync(ct);
    }
}
