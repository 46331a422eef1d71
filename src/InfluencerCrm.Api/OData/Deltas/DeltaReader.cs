using System.Globalization;
using System.Linq.Expressions;
using InfluencerCrm.Api.OData.Reading;
using InfluencerCrm.Core.Access;
using InfluencerCrm.Core.Changes;
using InfluencerCrm.Core.Data;
using InfluencerCrm.Core.Errors;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.OData.Extensions;
using Microsoft.AspNetCore.OData.Query;
using Microsoft.AspNetCore.OData.Query.Validator;
using Microsoft.EntityFrameworkCore;
using Microsoft.OData.UriParser;

namespace InfluencerCrm.Api.OData.Deltas;

/// <summary>
/// Lets a client follow a set: a full read that asks for it ends with a delta link; that link answers what has changed since the read
/// began, and ends with the next one.
/// </summary>
internal sealed class DeltaReader(CrmDbContext db, IDatabaseProvider provider, CurrentActor scope, ReadChanges changes, DeltaTokens tokens, TimeProvider clock)
{
    private static readonly ODataValidationSettings Limits = new()
    {
        MaxAnyAllExpressionDepth = 3,
        MaxNodeCount = 1000,
        AllowedQueryOptions = AllowedQueryOptions.Filter | AllowedQueryOptions.Select | AllowedQueryOptions.DeltaToken | AllowedQueryOptions.Format,
    };

    /// <summary>Answers a delta link, or reads the set with <paramref name="read"/> and adds the link to what it answers.</summary>
    public async Task<IActionResult> ListAsync<T>(IQueryable<T> rows, HttpRequest request, Func<string?, Task<IActionResult>> read, CancellationToken ct)
        where T : class, IRow
    {
        if (FollowedSet.Of(typeof(T)) is not { } set || request.ODataFeature().Path.LastSegment is not EntitySetSegment)
        {
            return request.Query.ContainsKey(DeltaLinks.Token)
                ? throw new Malformed("notFollowed", $"Changes are kept of {string.Join(", ", FollowedSet.All.Where(s => s.HasFeed).Select(s => s.Name))} only.", DeltaLinks.Token)
                : await read(null);
        }

        var actor = scope.Required;
        if (request.Query.TryGetValue(DeltaLinks.Token, out var text))
        {
            actor.Require(RowAccess.ToRead(typeof(T)));
            return await ChangedAsync(set, rows, request, tokens.Open(text.ToString(), set.Name, DeltaLinks.DigestOf(request), actor), ct);
        }

        var token = await FirstTokenAsync<T>(set, request, actor, ct);
        if (token is null)
        {
            return await read(null);
        }

        request.HttpContext.Response.Headers.Append("Preference-Applied", DeltaLinks.Preference);
        return await read(tokens.Seal(token));
    }

    private async Task<DeltaToken?> FirstTokenAsync<T>(FollowedSet set, HttpRequest request, Actor actor, CancellationToken ct)
        where T : class
    {
        if (request.Query.TryGetValue(DeltaLinks.Carried, out var carried))
        {
            return tokens.Open(carried.ToString(), set.Name, DeltaLinks.DigestOf(request), actor);
        }

        if (!DeltaLinks.IsPreferred(request) || !ResourceReader.Understood(() => DeltaLinks.CanBeFollowed(Options<T>(request))))
        {
            return null;
        }

        // Before anything is read: what is written during the read comes again with the changes rather than not at all.
        var now = clock.GetUtcNow().UtcDateTime;
        return new DeltaToken(set.Name, DeltaLinks.DigestOf(request), DeltaTokens.DigestOf(actor), await changes.HorizonAsync(ct), now);
    }

    private async Task<IActionResult> ChangedAsync<T>(FollowedSet set, IQueryable<T> rows, HttpRequest request, DeltaToken token, CancellationToken ct)
        where T : class, IRow
    {
        db.ShowArchived = string.Equals(request.Query["archived"], "include", StringComparison.Ordinal);
        var options = Options<T>(request);
        ResourceReader.Understood(() =>
        {
            options.Validate(Limits);
            return true;
        });
        var now = clock.GetUtcNow().UtcDateTime;
        var to = token.To ?? await changes.HorizonAsync(ct);
        if (token.From > to)
        {
            throw new ChangesGone("The database was put back to an earlier state since.");
        }

        var window = new ChangeWindow(set.Name, token.From, to);
        var page = ResourceReader.PageOf(request, null);
        var changed = await changes.ExecuteAsync(window, token.After, page + 1, ct);
        var more = changed.Count > page;
        changed = more ? [.. changed.Take(page)] : changed;
        var keys = changed.Select(c => c.Key).ToArray();
        var level = await RowsAsync(rows, options, keys, ct);
        var removed = await RemovedAsync<T>(window, request, [.. keys.Except(level.Rows.Select(r => Convert.ToInt64(r[level.Shape.Key], CultureInfo.InvariantCulture)))], ct);
        var links = more
            ? new Links(DeltaLinks.With(request, tokens.Seal(token with { To = to, ToAt = token.ToAt ?? now, After = changed[^1] })), null)
            : new Links(null, DeltaLinks.With(request, tokens.Seal(token with { From = to, FromAt = token.ToAt ?? now, To = null, ToAt = null, After = null })));
        return JsonAnswer.Of(request, StatusCodes.Status200OK, (json, writer) =>
        {
            json.WriteStartObject();
            ResourceReader.WriteHead(json, writer, request, $"{set.Name}{level.Shape.Context}/$delta", null);
            json.WritePropertyName("value");
            json.WriteStartArray();
            writer.Each(level, set.Name);
            foreach (var row in removed)
            {
                row.Write(json, writer, request, set.Name);
            }

            json.WriteEndArray();
            writer.Links(links);
            json.WriteEndObject();
        });
    }

    private async Task<Level> RowsAsync<T>(IQueryable<T> rows, ODataQueryOptions<T> options, long[] keys, CancellationToken ct)
        where T : class, IRow
    {
        var (matching, shape) = ResourceReader.Understood(() => (ResourceReader.Matching(rows, options).Where(RowKeys.In<T>(keys)),
            RowShape.Of(db.Model, EdmTypes.EntityTypeOf(typeof(T)), options.SelectExpand?.SelectExpandClause, null)));
        var reader = new LevelReader(db, provider);
        var level = new Level(shape, await ResourceReader.Answered(() => reader.RowsAsync(matching, shape, ct)));
        await reader.FillAsync(level, ct);
        return level;
    }

    /// <summary>Rows that are gone, or no longer part of the answer. A row the reader could never see is not mentioned.</summary>
    private async Task<IReadOnlyList<RemovedRow>> RemovedAsync<T>(ChangeWindow window, HttpRequest request, long[] keys, CancellationToken ct)
        where T : class, IRow
    {
        if (keys.Length == 0)
        {
            return [];
        }

        var seen = await changes.SeenBeforeAsync(window, keys, ct);
        var visible = await db.Set<T>().IgnoreQueryFilters([Filters.Archived, Filters.Erased]).Where(RowKeys.In<T>(keys)).Select(RowKeys.Of<T>()).ToListAsync(ct);
        var there = db.Set<T>().IgnoreQueryFilters().Where(RowKeys.In<T>(keys));
        if (typeof(IErasable).IsAssignableFrom(typeof(T)))
        {
            there = there.Where(r => ((IErasable)r).ErasedAt == null);
        }

        var living = await there.Select(RowKeys.Of<T>()).ToListAsync(ct);
        return
        [
            .. keys.Where(k => seen.Contains(k) || visible.Contains(k)).Select(k => new RemovedRow(
                string.Create(CultureInfo.InvariantCulture, $"{JsonAnswer.Root(request)}{window.Set}({k})"), living.Contains(k) ? "changed" : "deleted")),
        ];
    }

    private static ODataQueryOptions<T> Options<T>(HttpRequest request)
        where T : class =>
        ResourceReader.Understood(() => new ODataQueryOptions<T>(new ODataQueryContext(request.ODataFeature().Model, typeof(T), request.ODataFeature().Path), request));
}

/// <summary>Rows by many keys, whatever the keys' width.</summary>
internal static class RowKeys
{
    public static Expression<Func<T, bool>> In<T>(IReadOnlyList<long> keys)
    {
        var row = Expression.Parameter(typeof(T), "row");
        var member = Expression.Property(row, "Id");
        var holder = new { Int = keys.Where(k => k is >= int.MinValue and <= int.MaxValue).Select(k => (int)k).ToArray(), Long = keys.ToArray() };
        var values = Expression.Property(Expression.Constant(holder), member.Type == typeof(long) ? nameof(holder.Long) : nameof(holder.Int));
        return Expression.Lambda<Func<T, bool>>(Expression.Call(typeof(Enumerable), nameof(Enumerable.Contains), [member.Type], values, member), row);
    }

    public static Expression<Func<T, long>> Of<T>()
    {
        var row = Expression.Parameter(typeof(T), "row");
        return Expression.Lambda<Func<T, long>>(Expression.Convert(Expression.Property(row, "Id"), typeof(long)), row);
    }
}
