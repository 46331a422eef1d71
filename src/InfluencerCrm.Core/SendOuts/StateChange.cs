using InfluencerCrm.Core.Data;
using InfluencerCrm.Core.Errors;
using Microsoft.EntityFrameworkCore;

namespace InfluencerCrm.Core.SendOuts;

/// <summary>
/// Changes a send-out's state against whoever else changes it: the dispatcher begins and completes it at any moment, and a stop must not
/// fail for that.
/// </summary>
internal static class StateChange
{
    private const int Attempts = 5;

    /// <param name="change">The change and what goes with it, in one transaction; run again on the row as it then is, when somebody was faster.</param>
    public static async Task<SendOut> RunAsync(CrmDbContext db, int sendOutId, Func<SendOut, Task> change, CancellationToken ct)
    {
        for (var attempt = 1; ; attempt++)
        {
            await using var unit = await db.BeginUnitAsync(ct);
            var sendOut = await db.SendOuts.FirstOrDefaultAsync(s => s.Id == sendOutId, ct) ?? throw new NotFound(Words.Of(typeof(SendOut)), sendOutId);
            try
            {
                await change(sendOut);
                await db.SaveChangesAsync(ct);
                await unit.CommitAsync(ct);
                return sendOut;
            }
            catch (VersionMismatch) when (attempt < Attempts)
            {
                db.ChangeTracker.Clear();
            }
        }
    }
}
