using InfluencerCrm.Core.Access;
using InfluencerCrm.Core.Data;
using InfluencerCrm.Core.Errors;
using Microsoft.EntityFrameworkCore;

namespace InfluencerCrm.Core.SendOuts;

/// <summary>Why a send-out is stopped for now.</summary>
public sealed record PauseRequest
{
    /// <summary>Shown to the team.</summary>
    public string? Reason { get; init; }
}

/// <summary>Stops a send-out for now. Stopping takes no right to send: whoever sees the mistake may act.</summary>
public sealed class PauseSendOut(CrmDbContext db, CurrentActor scope)
{
    /// <exception cref="Conflict">It is neither scheduled nor sending.</exception>
    public async Task<SendOut> ExecuteAsync(int sendOutId, PauseRequest request, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(request);
        scope.Required.Require(Right.WriteContacts);
        var by = await db.Users.Where(u => u.Id == scope.Required.UserId).Select(u => u.DisplayName).FirstOrDefaultAsync(ct);
        var reason = string.IsNullOrWhiteSpace(request.Reason) ? $"Paused{(by is null ? "" : $" by {by}")}." : request.Reason.Trim();
        return await StateChange.RunAsync(
            db,
            sendOutId,
            sendOut =>
            {
                sendOut.Pause(reason);
                return Task.CompletedTask;
            },
            ct);
    }
}
