using System.Globalization;
using System.Linq.Expressions;
using System.Reflection;
using System.Text.Json;
using InfluencerCrm.Api.OData.Deltas;
using InfluencerCrm.Api.OData.Reading;
using InfluencerCrm.Api.OData.Searching;
using InfluencerCrm.Core.Access;
using InfluencerCrm.Core.Data;
using InfluencerCrm.Core.Errors;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.OData.Extensions;
using Microsoft.AspNetCore.OData.Query;
using Microsoft.AspNetCore.OData.Query.Validator;
using Microsoft.AspNetCore.OData.Routing;
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
public sealed class ResourceReader(CrmDbContext db, CurrentActor scope, IDatabaseProvider provider)
{
    /// <summary>Rows a page holds when the client names no size.</summary>
    public const int DefaultPage = 100;

    /// <summary>Rows a page holds at most.</summary>
    public const int LargestPage = 1000;

    /// <summary>From here on, rows are passed over in the index alone.</summary>
    private const int DeepSkip = 500;

    internal static readonly ODataValidationSettings Limits = new()
    {
        MaxAnyAllExpressionDepth = 3,
        MaxExpansionDepth = 3,
        MaxNodeCount = 1000,
        MaxOrderByNodeCount = 8,
        AllowedQueryOptions = AllowedQueryOptions.Filter | AllowedQueryOptions.OrderBy | AllowedQueryOptions.Select | AllowedQueryOptions.Expand
            | AllowedQueryOptions.Count | AllowedQueryOptions.Top | AllowedQueryOptions.Skip | AllowedQueryOptions.Search | AllowedQueryOptions.Format
            | AllowedQueryOptions.Apply | AllowedQueryOptions.Compute | AllowedQueryOptions.SkipToken,
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
    /// <param name="token">Where changes are to be followed from, on a read that asked for it: its last page ends with a delta link.</param>
    public async Task<IActionResult> ListAsync<T>(IQueryable<T> source, HttpRequest request, CancellationToken ct, string? token = null)
        where T : class
    {
        Allow(typeof(T));
        var options = Options<T>(request);
        var compute = options.Compute?.ComputeClause;
        IQueryable rows = source.AsNoTracking();
        if (options.Apply?.ApplyClause is { } apply)
        {
            var aggregation = Understood(() => Aggregation.Of(rows, apply), "$apply");
            if (aggregation.Names is not null)
            {
                return await AggregateAnswer.OfAsync(provider, aggregation, options, request, ct);
            }

            rows = aggregation.Rows;
            compute = new ComputeClause([.. aggregation.Computed?.ComputedItems ?? [], .. compute?.ComputedItems ?? []]);
        }

        var sought = Understood(() => SearchPlan.Of(typeof(T), options.Search?.SearchClause, options.Filter?.FilterClause), "$search");
        var found = await Answered(() => sought.FindAsync(db, provider, ct));
        var binding = Binding.Of(typeof(T), compute, found);
        rows = Understood(() => found.Narrow(LooksInside.In(db, binding.Filter(binding.Search(rows, options.Search?.SearchClause), options.Filter?.FilterClause))));
        if (request.ODataFeature().Path.LastSegment is CountSegment)
        {
            return new OkObjectResult(await Answered(() => ((IQueryable<T>)rows).LongCountAsync(ct)));
        }

        long? count = options.Count?.Value == true ? await Answered(() => ((IQueryable<T>)rows).LongCountAsync(ct)) : null;
        var page = PageOf(request, options.Top?.Value);
        var (order, shape) = Understood(() => (Ordering.Of(db.Model, provider, typeof(T), binding.Order(options.OrderBy?.OrderByClause)),
            RowShape.Of(db.Model, EdmTypes.EntityTypeOf(typeof(T)), options.SelectExpand?.SelectExpandClause, compute)));
        var keys = order.Keys.Select(k => shape.Add(k.Key)).ToList();
        var level = await Answered(() => PageAsync(rows, order, shape, options, page + 1, ct));
        var mayContinue = options.Top is null || options.Top.Value > page;
        string? next = null;
        if (level.Rows.Count > page)
        {
            level.Rows.RemoveAt(page);
            next = !mayContinue || page == 0 ? null
                : order.HasPlaces ? NextLink.Of(request, SkipToken.Of(keys.Select(k => level.Rows[^1][k])), options.Top?.Value - page)
                : NextLink.Of(request, "$skip", string.Create(CultureInfo.InvariantCulture, $"{(options.Skip?.Value ?? 0) + page}"), options.Top?.Value - page);
        }

        await Answered(() => Inside(level, ct));
        var (context, path) = ContextOf(request, shape);
        var links = token is null ? new Links(next, null) : DeltaLinks.Of(request, next, token);
        return JsonAnswer.Of(request, StatusCodes.Status200OK, (json, writer) =>
        {
            json.WriteStartObject();
            WriteHead(json, writer, request, context + shape.Context, count);
            json.WritePropertyName("value");
            writer.Rows(level, path);
            writer.Links(links);
            json.WriteEndObject();
        });
    }

    /// <summary>One row of a set by its key.</summary>
    public async Task<IActionResult> ByKeyAsync<T>(long key, HttpRequest request, CancellationToken ct)
        where T : class, IRow
    {
        Allow(typeof(T));
        if (Planned<T>(request, ct) is { } planned)
        {
            return await AnswerAsync<T>(new Level(planned.Plan.Shape, IsPossible<T>(key) ? planned.Plan.Row(planned.Reads, key, ct) : []), request, StatusCodes.Status200OK, ct, planned);
        }

        if (request.Query.Count > 0)
        {
            return await OneAsync(db.Set<T>().Where(Keys.Is<T>(key)), request, ct);
        }

        db.ShowArchived = false;
        var whole = WholeRow<T>.Of(db);
        var row = IsPossible<T>(key) ? await whole.FindAsync(db, key, ct) : null;
        return await AnswerAsync<T>(new Level(whole.Shape, row is null ? [] : [row]), request, StatusCodes.Status200OK, ct);
    }

    private static bool IsPossible<T>(long key) => key is >= int.MinValue and <= int.MaxValue || !typeof(Entity).IsAssignableFrom(typeof(T));

    /// <summary>How this is read below EF, where that is known; inside a transaction EF reads, which sees what was written there.</summary>
    private (RowPlan Plan, IKeptReads Reads)? Planned<T>(HttpRequest request, CancellationToken ct)
        where T : class, IRow
    {
        if (db.Database.CurrentTransaction is not null || provider.KeptReads(db) is not { } reads || RowPlans.KeyOf(typeof(T), request, scope.Required) is not { } known)
        {
            return null;
        }

        var plan = RowPlans.Of(db).Find(known, () => RowPlan.Of<T>(db, provider, reads, ShapeOf(Options<T>(request, single: true)), ct));
        db.ShowArchived = ShowsArchived(request);
        return plan is null ? null : (plan, reads);
    }

    private RowShape ShapeOf<T>(ODataQueryOptions<T> options) => Understood(() =>
        RowShape.Of(db.Model, EdmTypes.EntityTypeOf(typeof(T)), options.SelectExpand?.SelectExpandClause, options.Compute?.ComputeClause));

    private static bool ShowsArchived(HttpRequest request) => string.Equals(request.Query["archived"], "include", StringComparison.Ordinal);

    /// <summary>One row with its ETag; 304 when the client has it already.</summary>
    public async Task<IActionResult> OneAsync<T>(IQueryable<T> source, HttpRequest request, CancellationToken ct, int status = StatusCodes.Status200OK)
        where T : class, IRow
    {
        Allow(typeof(T));
        return await AnswerAsync<T>(await RowAsync(source, ShapeOf(Options<T>(request, single: true)), ct), request, status, ct);
    }

    private async Task<IActionResult> AnswerAsync<T>(Level level, HttpRequest request, int status, CancellationToken ct, (RowPlan Plan, IKeptReads Reads)? plan = null)
    {
        Tag<T>(level, request);
        if (status == StatusCodes.Status200OK && IsKnown(level, request))
        {
            return new StatusCodeResult(StatusCodes.Status304NotModified);
        }

        await Answered(() => Inside(level, ct, plan));
        var shape = level.Shape;
        var (context, path) = ContextOf(request, shape);
        return JsonAnswer.Of(request, status, (json, writer) =>
        {
            json.WriteStartObject();
            WriteHead(json, writer, request, context + shape.Context + "/$entity", null);
            writer.Members(level, level.Rows[0], path);
            json.WriteEndObject();
        });
    }

    /// <summary>One property of one row, under the row's ETag.</summary>
    /// <param name="show">Given the value, answers it.</param>
    public async Task<IActionResult> PropertyAsync<T>(IQueryable<T> source, HttpRequest request, string property, Func<object?, IActionResult> show, CancellationToken ct)
        where T : class, IRow
    {
        Allow(typeof(T));
        Options<T>(request, single: true);
        var shape = RowShape.Of(db.Model, EdmTypes.EntityTypeOf(typeof(T)), null, null);
        var level = await RowAsync(source, shape, ct);
        Tag<T>(level, request);
        if (IsKnown(level, request))
        {
            return new StatusCodeResult(StatusCodes.Status304NotModified);
        }

        await Answered(() => Inside(level, ct));
        return show(level.Rows[0][shape.Columns.Single(c => c.Text == property).Slot]);
    }

    private async Task<Level> RowAsync<T>(IQueryable<T> source, RowShape shape, CancellationToken ct)
        where T : class, IRow =>
        new(shape, await Answered(() => new LevelReader(db, provider).RowsAsync(source.AsNoTracking(), shape, ct)));

    /// <exception cref="NotFound">There is no such row.</exception>
    private static void Tag<T>(Level level, HttpRequest request)
    {
        if (level.Rows.Count == 0)
        {
            throw new NotFound(Words.Of(typeof(T)));
        }

        request.HttpContext.Response.Headers.ETag = EntityTags.Of(VersionOf(level));
    }

    private static bool IsKnown(Level level, HttpRequest request) => EntityTags.IsKnown(request, VersionOf(level));

    private static Guid VersionOf(Level level) => (Guid)level.Rows[0][level.Shape.Version]!;

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
        db.ShowArchived = ShowsArchived(request);
        ODataQueryOptions<T>? options = null;
        try
        {
            var context = new ODataQueryContext(request.ODataFeature().Model, typeof(T), request.ODataFeature().Path);
            options = new ODataQueryOptions<T>(context, request);
            options.Validate(Limits);
            if (single && (options.Filter is not null || options.OrderBy is not null || options.Top is not null || options.Skip is not null || options.Search is not null || options.Count is not null || options.Apply is not null || options.SkipToken is not null))
            {
                throw new Malformed("notACollection", "This is one row: only $select and $expand apply.");
            }

            AllowExpanded(options.SelectExpand?.SelectExpandClause);
            return options;
        }
        catch (Exception exception) when (QueryWords.IsTheClients(exception))
        {
            throw QueryWords.Refusal(exception, QueryBlame.Of(options, request), QueryBlame.Left(options));
        }
    }

    /// <summary>Runs what parses and binds the options, no database yet; what it cannot make sense of is the client's fault.</summary>
    /// <param name="option">Which option that is, where it is one.</param>
    internal static TResult Understood<TResult>(Func<TResult> step, string? option = null)
    {
        try
        {
            return step();
        }
        catch (Exception exception) when (QueryWords.IsTheClients(exception))
        {
            throw QueryWords.Refusal(exception, option);
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

    private async Task<Level> PageAsync<T>(IQueryable rows, Ordering order, RowShape shape, ODataQueryOptions<T> options, int most, CancellationToken ct)
        where T : class
    {
        var reader = new LevelReader(db, provider);
        var found = new List<object?[]>();
        var skip = options.Skip?.Value ?? 0;
        var parts = options.SkipToken is { RawValue: var token } && order.HasPlaces ? order.Behind(SkipToken.Read(token, order)) : skip == 0 ? order.Parts() : null;
        if (parts is not null)
        {
            foreach (var part in parts)
            {
                var some = rows.Provider.CreateQuery(Expression.Call(typeof(Queryable), nameof(Queryable.Where), [typeof(T)], rows.Expression, Expression.Quote(part)));
                found.AddRange(await reader.RowsAsync(LevelReader.Take(order.Apply(some, parted: true), typeof(T), most - found.Count), shape, ct));
                if (found.Count >= most)
                {
                    break;
                }
            }

            return new Level(shape, found);
        }

        if (skip >= DeepSkip)
        {
            // Which rows, through the index alone; then these rows. Rows that are passed over are not fetched.
            var row = Expression.Parameter(typeof(T), "row");
            var ids = Expression.Lambda(Expression.NewArrayInit(typeof(object), Expression.Convert(Expression.Property(row, "Id"), typeof(object))), row);
            var keys = await reader.RowsAsync(LevelReader.Take(LevelReader.Skip(order.Apply(rows), typeof(T), skip), typeof(T), most), ids, ct);
            rows = LevelReader.In(rows, typeof(T), "Id", [.. keys.Select(k => Convert.ToInt64(k[0], CultureInfo.InvariantCulture))]);
            return new Level(shape, keys.Count == 0 ? [] : await reader.RowsAsync(order.Apply(rows), shape, ct));
        }

        var ordered = order.Apply(rows);
        return new Level(shape, await reader.RowsAsync(LevelReader.Take(skip > 0 ? LevelReader.Skip(ordered, typeof(T), skip) : ordered, typeof(T), most), shape, ct));
    }

    private async Task<bool> Inside(Level level, CancellationToken ct, (RowPlan Plan, IKeptReads Reads)? plan = null)
    {
        await new LevelReader(db, provider, plan).FillAsync(level, ct);
        return true;
    }

    internal static void WriteHead(Utf8JsonWriter json, RowWriter writer, HttpRequest request, string context, long? count)
    {
        if (JsonAnswer.Wanted(request) != Metadata.None)
        {
            json.WriteString(writer.Control("", "context"), JsonAnswer.Root(request) + "$metadata#" + context);
        }

        if (count is { } rows)
        {
            json.WriteNumber(writer.Control("", "count"), rows);
        }
    }

    /// <summary>What the rows are, for the context address, and where they live below the service root.</summary>
    private static (string Context, string Path) ContextOf(HttpRequest request, RowShape shape)
    {
        var path = request.ODataFeature().Path;
        if (path.LastOrDefault(s => s is NavigationPropertySegment) is NavigationPropertySegment { NavigationProperty.ContainsTarget: true } && path.GetNavigationSource() is not IEdmEntitySet)
        {
            var segments = path.Where(s => s is not CountSegment and not OperationSegment).ToList();
            if (segments[^1] is KeySegment)
            {
                segments.RemoveAt(segments.Count - 1);
            }

            var own = new ODataPath(segments).ToResourcePathString(ODataUrlKeyDelimiter.Parentheses);
            return (own, own);
        }

        var set = RowWriter.SetOf(shape.Type);
        return (set, set);
    }

    /// <summary>Runs what asks the database; what no database can be asked is the client's to mend.</summary>
    internal static async Task<TResult> Answered<TResult>(Func<Task<TResult>> ask)
    {
        try
        {
            return await ask();
        }
        catch (TargetInvocationException exception) when (exception.InnerException is { } inner && IsUntranslatable(inner))
        {
            throw NotSupported();
        }
        catch (Exception exception) when (IsUntranslatable(exception))
        {
            throw NotSupported();
        }
    }

    private static Malformed NotSupported() => new("notSupported", "The database cannot answer this query; try a simpler filter, order or expand.");

    // EF says so with InvalidOperationException or NotSupportedException, thrown before any command is sent; and with the exceptions of what it
    // builds its commands from. A number that a column computed is found too large for its type only when it is read.
    private static bool IsUntranslatable(Exception exception) =>
        exception is NotSupportedException or OverflowException or InvalidCastException or ArgumentException { Source: "System.Linq.Expressions" }
        || (exception is InvalidOperationException && (exception.Message.Contains("could not be translated", StringComparison.Ordinal)
            || exception.Message.Contains("APPLY", StringComparison.Ordinal)
            || exception.Message.Contains("could not be evaluated", StringComparison.Ordinal)

            // What holds no column is worked out before, such as a piece of a text that begins before the text.
            || exception.Message.Contains("evaluate a LINQ query parameter expression", StringComparison.Ordinal)

            // SQLite's driver takes no NaN as a parameter.
            || exception.Message.Contains("'NaN'", StringComparison.Ordinal)));
}
