using System.Reflection;
using InfluencerCrm.Core.Access;
using InfluencerCrm.Core.Data;
using InfluencerCrm.Core.Errors;
using InfluencerCrm.Core.Influencers;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.OData.Extensions;
using Microsoft.AspNetCore.OData.Query;
using Microsoft.AspNetCore.OData.Query.Validator;
using Microsoft.EntityFrameworkCore;
using Microsoft.OData;
using Microsoft.OData.Edm;
using Microsoft.OData.UriParser;

namespace InfluencerCrm.Api.OData;

/// <summary>
/// All OData reads: validate the limits, search, filter, count, a stable order, one page and one row more, select and expand,
/// then materialise asynchronously, so that an error happens before the first byte leaves.
/// </summary>
/// <remarks>
/// The library's own <c>[EnableQuery]</c> runs every query synchronously while it writes, validates too little and answers
/// errors with stack traces (OData/AspNetCoreOData#775, #704, #473).
/// </remarks>
public sealed class ResourceReader(CrmDbContext db, CurrentActor scope)
{
    /// <summary>Rows a page holds when the client names no size.</summary>
    public const int DefaultPage = 100;

    /// <summary>Rows a page holds at most.</summary>
    public const int LargestPage = 1000;

    internal static readonly ODataValidationSettings Limits = new()
    {
        MaxAnyAllExpressionDepth = 3,
        MaxExpansionDepth = 3,
        MaxNodeCount = 1000,
        MaxOrderByNodeCount = 8,
        AllowedQueryOptions = AllowedQueryOptions.Filter | AllowedQueryOptions.OrderBy | AllowedQueryOptions.Select | AllowedQueryOptions.Expand
            | AllowedQueryOptions.Count | AllowedQueryOptions.Top | AllowedQueryOptions.Skip | AllowedQueryOptions.Search | AllowedQueryOptions.Format,
    };

    internal static readonly ODataQuerySettings Settings = new()
    {
        EnableConstantParameterization = true,
        EnsureStableOrdering = true,
        HandleNullPropagation = HandleNullPropagationOption.False,
        TimeZone = TimeZoneInfo.Utc,
    };

    /// <summary>How names in a query are understood: exactly, and enum members as plain text.</summary>
    internal static readonly ODataUriResolver Resolver = new StringAsEnumResolver { EnableCaseInsensitive = false };

    /// <summary>A collection, or its <c>$count</c>.</summary>
    public async Task<IActionResult> ListAsync<T>(IQueryable<T> source, HttpRequest request, CancellationToken ct)
        where T : class
    {
        Allow(typeof(T));
        var options = Options<T>(request);
        var rows = Understood(() => Matching(source, options));
        if (request.ODataFeature().Path.LastSegment is CountSegment)
        {
            return new OkObjectResult(await rows.LongCountAsync(ct));
        }

        if (options.Count?.Value == true)
        {
            request.ODataFeature().TotalCount = await rows.LongCountAsync(ct);
        }

        var page = PageOf(request, options.Top?.Value);
        rows = Understood(() => options.GenerateStableOrder().ApplyTo(rows, Settings));
        if (options.Skip is { Value: var skip and > 0 })
        {
            rows = rows.Skip(skip);
        }

        var shaped = Understood(() => Shape(rows.Take(page + 1), options, request));
        var (list, more) = await MaterialiseAsync(shaped, page, ct);
        var mayContinue = options.Top is null || options.Top.Value > page;
        if (more && mayContinue)
        {
            request.ODataFeature().NextLink = request.GetNextPageLink(page, null, null);
        }

        return new ObjectResult(list) { StatusCode = StatusCodes.Status200OK, DeclaredType = list.GetType() };
    }

    /// <summary>One row with its ETag; 304 when the client has it already.</summary>
    public async Task<IActionResult> OneAsync<T>(IQueryable<T> source, HttpRequest request, CancellationToken ct, int status = StatusCodes.Status200OK)
        where T : class, IRow
    {
        Allow(typeof(T));
        var version = await source.Select(r => (Guid?)r.Version).FirstOrDefaultAsync(ct);
        if (version is null)
        {
            throw new NotFound(Words.Of(typeof(T)));
        }

        request.HttpContext.Response.Headers.ETag = EntityTags.Of(version.Value);
        if (status == StatusCodes.Status200OK && EntityTags.IsKnown(request, version.Value))
        {
            return new StatusCodeResult(StatusCodes.Status304NotModified);
        }

        var options = Options<T>(request, single: true);
        var (list, _) = await MaterialiseAsync(Understood(() => Shape(source.AsNoTracking(), options, request)), 1, ct);
        return list.Count == 0
            ? throw new NotFound(Words.Of(typeof(T)))
            : new ObjectResult(list[0]) { StatusCode = status };
    }

    /// <summary>The rows a request's <c>$filter</c> and <c>$search</c> keep, for exports and counts outside OData.</summary>
    internal static IQueryable<T> Matching<T>(IQueryable<T> source, ODataQueryOptions<T> options)
        where T : class
    {
        var rows = source.AsNoTracking();
        if (options.Search is not null)
        {
            rows = (IQueryable<T>)options.Search.ApplyTo(rows, Settings);
        }

        return options.Filter is null ? rows : (IQueryable<T>)options.Filter.ApplyTo(rows, Settings);
    }

    private void Allow(Type entity) => scope.Required.Require(RowAccess.ToRead(entity));

    private ODataQueryOptions<T> Options<T>(HttpRequest request, bool single = false)
        where T : class
    {
        db.ShowArchived = string.Equals(request.Query["archived"], "include", StringComparison.Ordinal);
        return Understood(() =>
        {
            var context = new ODataQueryContext(request.ODataFeature().Model, typeof(T), request.ODataFeature().Path);
            var options = new ODataQueryOptions<T>(context, request);
            options.Validate(Limits);
            if (single && (options.Filter is not null || options.OrderBy is not null || options.Top is not null || options.Skip is not null || options.Search is not null || options.Count is not null))
            {
                throw new Malformed("notACollection", "This is one row: only $select and $expand apply.");
            }

            AllowExpanded(options.SelectExpand?.SelectExpandClause);
            return options;
        });
    }

    /// <summary>Runs what parses and binds the options, no database yet; what it cannot make sense of is the client's fault.</summary>
    private static TResult Understood<TResult>(Func<TResult> step)
    {
        try
        {
            return step();
        }
        catch (ODataException exception)
        {
            throw new Malformed("badQuery", exception.Message);
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException or OverflowException or InvalidCastException or NotSupportedException
            or InvalidOperationException or NullReferenceException or NotImplementedException)
        {
            // The library answers some malformed options (an empty lambda, a skip token without text) with exceptions of its own internals.
            throw new Malformed("badQuery", "The query cannot be understood.");
        }
    }

    /// <summary>Rows of a set that the actor may not read must not come in through an expand either.</summary>
    private void AllowExpanded(SelectExpandClause? clause)
    {
        foreach (var item in clause?.SelectedItems.OfType<ExpandedNavigationSelectItem>() ?? [])
        {
            var navigation = ((NavigationPropertySegment)item.PathToNavigationProperty.LastSegment).NavigationProperty;
            Allow(EdmTypes.ClrTypeOf(navigation.ToEntityType()));
            AllowExpanded(item.SelectAndExpand);
        }
    }

    private static IQueryable Shape<T>(IQueryable<T> rows, ODataQueryOptions<T> options, HttpRequest request)
        where T : class
    {
        if (options.SelectExpand is null)
        {
            return rows;
        }

        request.ODataFeature().SelectExpandClause = options.SelectExpand.SelectExpandClause;

        // Two collections in one join multiply; each goes as a query of its own.
        var split = options.SelectExpand.SelectExpandClause.SelectedItems.OfType<ExpandedNavigationSelectItem>().Any() ? rows.AsSplitQuery() : rows;
        return options.SelectExpand.ApplyTo(split, Settings);
    }

    /// <summary>The size of this page: <c>$top</c> or <c>Prefer: maxpagesize</c>, never above the largest.</summary>
    internal static int PageOf(HttpRequest request, int? top)
    {
        var preferred = PreferredPage(request);
        return Math.Min(Math.Min(top ?? int.MaxValue, preferred ?? (top is null ? DefaultPage : LargestPage)), LargestPage);
    }

    private static int? PreferredPage(HttpRequest request)
    {
        foreach (var preference in request.Headers["Prefer"].SelectMany(p => (p ?? "").Split(',', StringSplitOptions.TrimEntries)))
        {
            var parts = preference.Split('=', 2);
            if (parts.Length == 2 && parts[0] is "maxpagesize" or "odata.maxpagesize" && int.TryParse(parts[1], out var size) && size > 0)
            {
                return size;
            }
        }

        return null;
    }

    private async Task<(System.Collections.IList Rows, bool More)> MaterialiseAsync(IQueryable query, int page, CancellationToken ct)
    {
        try
        {
            db.CollectPeople();
            var rows = await (Task<(System.Collections.IList, bool)>)MaterialiseMethod.MakeGenericMethod(query.ElementType).Invoke(null, [query, page, ct])!;
            await FurthestRelationship.FillAsync(db, ct);
            return rows;
        }
        catch (Exception exception) when (IsUntranslatable(exception))
        {
            throw new Malformed("notSupported", "The database cannot answer this query; try a simpler filter, order or expand.");
        }
    }

    // EF says so with InvalidOperationException or NotSupportedException, thrown before any command is sent.
    private static bool IsUntranslatable(Exception exception) =>
        exception is NotSupportedException
        || (exception is InvalidOperationException && (exception.Message.Contains("could not be translated", StringComparison.Ordinal)
            || exception.Message.Contains("APPLY", StringComparison.Ordinal)
            || exception.Message.Contains("could not be evaluated", StringComparison.Ordinal)));

    private static readonly MethodInfo MaterialiseMethod = typeof(ResourceReader).GetMethod(nameof(MaterialiseOfAsync), BindingFlags.Static | BindingFlags.NonPublic)!;

    private static async Task<(System.Collections.IList, bool)> MaterialiseOfAsync<T>(IQueryable<T> query, int page, CancellationToken ct)
    {
        var list = await query.ToListAsync(ct);
        var more = list.Count > page;
        if (more)
        {
            list.RemoveAt(page);
        }

        return (list, more);
    }
}
