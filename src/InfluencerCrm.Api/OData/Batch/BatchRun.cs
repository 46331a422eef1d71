using System.Data.Common;
using InfluencerCrm.Api.Errors;
using InfluencerCrm.Core.Data;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace InfluencerCrm.Api.OData.Batch;

/// <summary>Does the units of a batch one after the other. A change set is one scope, one context and one transaction; anything else has a scope of its own.</summary>
internal sealed class BatchRun(HttpContext batch, IReadOnlyList<BatchUnit> units, RequestDelegate pipeline)
{
    /// <summary>Two change sets that wait for each other's rows: the database ends one of them, and it is done again.</summary>
    private const int Attempts = 3;

    private readonly PartReferences _references = new(units);

    private CancellationToken Ct => batch.RequestAborted;

    /// <summary>The answers of each unit as it is done; those of a change set that failed begin with the one that failed.</summary>
    public async IAsyncEnumerable<(BatchUnit Unit, IReadOnlyList<PartAnswer> Answers)> RunAsync(bool continueOnError)
    {
        foreach (var unit in units)
        {
            var answers = unit.IsChangeSet ? await ChangeSetAsync(unit) : [await AloneAsync(unit.Parts[0])];
            yield return (unit, answers);
            if (!continueOnError && answers.Any(a => !a.Succeeded))
            {
                yield break;
            }
        }
    }

    private async Task<PartAnswer> AloneAsync(BatchPart part)
    {
        await using var scope = batch.RequestServices.CreateAsyncScope();
        return (await PartAsync(part, scope.ServiceProvider)).Answer;
    }

    private async Task<IReadOnlyList<PartAnswer>> ChangeSetAsync(BatchUnit unit)
    {
        for (var attempt = 1; ; attempt++)
        {
            await using var scope = batch.RequestServices.CreateAsyncScope();
            var (answers, fault) = await AttemptAsync(unit, scope.ServiceProvider);
            if (answers.All(a => a.Succeeded))
            {
                _references.Succeeded(unit);
                return answers;
            }

            _references.Forget(unit);
            if (attempt == Attempts || !IsTransient(fault, scope.ServiceProvider))
            {
                return answers;
            }
        }
    }

    private async Task<(IReadOnlyList<PartAnswer> Answers, Exception? Fault)> AttemptAsync(BatchUnit unit, IServiceProvider services)
    {
        var answers = new List<PartAnswer>();
        try
        {
            var db = services.GetRequiredService<CrmDbContext>();
            await using var transaction = await db.Database.BeginTransactionAsync(Ct);
            foreach (var part in unit.Parts)
            {
                var (answer, fault) = await PartAsync(part, services);
                if (!answer.Succeeded)
                {
                    await transaction.RollbackAsync(Ct);
                    return ([answer, .. await UndoneAsync(unit, answer, services)], fault);
                }

                answers.Add(answer);

                // The next one reads what is there, as a request of its own would.
                db.ChangeTracker.Clear();
            }

            await transaction.CommitAsync(Ct);
            return (answers, null);
        }
        catch (DbException exception) when (unit.Parts.Count > 0)
        {
            var failed = await FailedAsync(unit.Parts[0], services, exception);
            return ([failed, .. await UndoneAsync(unit, failed, services)], exception);
        }
    }

    private async Task<(PartAnswer Answer, Exception? Fault)> PartAsync(BatchPart part, IServiceProvider services)
    {
        if (_references.Resolve(part, batch.Request) is not { } resolved)
        {
            return (await RefusedAsync(part, services, "dependencyFailed", "A request that this one depends on did not succeed."), null);
        }

        var context = new PartContext(batch, resolved.Part, resolved.Address, services);
        var answer = await context.RunAsync(pipeline);
        if (answer.Succeeded)
        {
            _references.Succeeded(answer, resolved.Address, batch.Request);
        }

        return (answer, context.Http.Features.Get<IExceptionHandlerFeature>()?.Error);
    }

    private async Task<IReadOnlyList<PartAnswer>> UndoneAsync(BatchUnit unit, PartAnswer failed, IServiceProvider services)
    {
        var answers = new List<PartAnswer>();
        foreach (var part in unit.Parts.Where(p => p.Id != failed.Part.Id))
        {
            answers.Add(await RefusedAsync(part, services, "changeSetFailed", "Another request of this change set failed; nothing of the change set was kept."));
        }

        return answers;
    }

    private async Task<PartAnswer> RefusedAsync(BatchPart part, IServiceProvider services, string code, string message)
    {
        var context = new PartContext(batch, part, default, services);
        await ErrorResponse.WriteAsync(context.Http, StatusCodes.Status424FailedDependency, code, message);
        return await context.AnswerAsync();
    }

    private async Task<PartAnswer> FailedAsync(BatchPart part, IServiceProvider services, Exception exception)
    {
        var context = new PartContext(batch, part, default, services);
        foreach (var handler in services.GetServices<IExceptionHandler>())
        {
            await handler.TryHandleAsync(context.Http, exception, Ct);
        }

        return await context.AnswerAsync();
    }

    private static bool IsTransient(Exception? fault, IServiceProvider services)
    {
        for (; fault is not null; fault = fault.InnerException)
        {
            if (fault is DbException exception)
            {
                return services.GetRequiredService<IDatabaseProvider>().IsTransient(exception);
            }
        }

        return false;
    }
}
