using System.Data.Common;
using InfluencerCrm.Core.Access;
using InfluencerCrm.Core.Data;
using InfluencerCrm.Core.Errors;
using InfluencerCrm.Core.SendOuts.Dispatch;
using InfluencerCrm.Core.SendOuts.Planning;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace InfluencerCrm.Core.SendOuts;

/// <summary>When a send-out is to leave.</summary>
public sealed record ScheduleRequest : PressureRequest
{
    /// <summary>Empty: now.</summary>
    public DateTime? At { get; init; }
}

/// <summary>
/// Lets a send-out leave: checks it, freezes its list, and writes one message for each person in the transaction that changes its state.
/// Of two who schedule at the same moment one succeeds.
/// </summary>
public sealed class ScheduleSendOut(
    CrmDbContext db, CurrentActor scope, TimeProvider clock, LoadMails load, PlanMessages plan, FreezeList freeze, DispatchSignal signal, IServiceScopeFactory scopes, IDatabaseProvider provider)
{
    /// <exception cref="Conflict">It is no draft, or somebody else was faster.</exception>
    /// <exception cref="RuleViolation">The time has passed, or the check found errors: they are the details.</exception>
    public async Task<SendOut> ExecuteAsync(int sendOutId, ScheduleRequest request, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(request);
        scope.Required.Require(Right.Send);
        var reason = FreezeList.ReasonOf(request);
        var now = clock.GetUtcNow().UtcDateTime;
        var at = Check.Utc(request.At) ?? now;
        var sendOut = await db.SendOuts.FirstOrDefaultAsync(s => s.Id == sendOutId, ct) ?? throw new NotFound(Words.Of(typeof(SendOut)), sendOutId);
        sendOut.Schedule(at, now);

        // What an open transaction has written shows on its own connection only.
        if (provider.TakesLongWrites && db.Database.CurrentTransaction is null)
        {
            await WriteWhilePlanningAsync(sendOut, at, request.OverridePressure, reason, now, ct);
        }
        else
        {
            await PlanThenWriteAsync(sendOut, at, request.OverridePressure, reason, now, ct);
        }

        signal.Wake();
        return sendOut;
    }

    private async Task PlanThenWriteAsync(SendOut sendOut, DateTime at, bool overridePressure, string? reason, DateTime now, CancellationToken ct)
    {
        var found = await plan.ExecuteAsync(await load.ExecuteAsync(sendOut.Id, ct), at, overridePressure, ct);
        FreezeList.RequireSound(found);
        await using var unit = await db.BeginUnitAsync(ct);
        await SaveAsync(sendOut, found, reason, now, ct);
        await freeze.WriteAsync(sendOut, found.Messages, ct);
        await unit.CommitAsync(ct);
    }

    /// <summary>
    /// People are read, and their messages planned, in a unit of work beside this one, which writes meanwhile: the database is busy for as long as
    /// the letters take. The send-out's own row comes last, so that nobody who stops or changes it waits for the list.
    /// </summary>
    private async Task WriteWhilePlanningAsync(SendOut sendOut, DateTime at, bool overridePressure, string? reason, DateTime now, CancellationToken ct)
    {
        await using var beside = scopes.CreateAsyncScope();
        beside.ServiceProvider.GetRequiredService<CurrentActor>().Become(scope.Required);
        var mails = await beside.ServiceProvider.GetRequiredService<LoadMails>().ExecuteAsync(sendOut.Id, ct);
        await using var unit = await db.BeginUnitAsync(ct);
        SendOutPlan found;
        try
        {
            found = await beside.ServiceProvider.GetRequiredService<PlanMessages>()
                .ExecuteAsync(mails, at, overridePressure, messages => freeze.WriteAsync(sendOut, messages, ct), ct);
        }
        catch (DbException refused) when (provider.IsUniqueViolation(refused))
        {
            throw SomebodyElse();
        }

        FreezeList.RequireSound(found);
        await SaveAsync(sendOut, found, reason, now, ct);
        await unit.CommitAsync(ct);
    }

    private async Task SaveAsync(SendOut sendOut, SendOutPlan found, string? reason, DateTime now, CancellationToken ct)
    {
        freeze.Add(sendOut, found, reason, now);
        try
        {
            await db.SaveChangesAsync(ct);
        }
        catch (VersionMismatch)
        {
            throw SomebodyElse();
        }
    }

    private static Conflict SomebodyElse() =>
        new("wrongState", "The send-out was changed or scheduled by somebody else at this moment; read it again.", "status");
}
