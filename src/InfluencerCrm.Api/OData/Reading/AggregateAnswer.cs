using System.Globalization;
using System.Linq.Expressions;
using System.Text.Json;
using InfluencerCrm.Core.Data;
using InfluencerCrm.Core.Errors;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.OData.Extensions;
using Microsoft.AspNetCore.OData.Query;
using Microsoft.EntityFrameworkCore;
using Microsoft.OData.UriParser;

namespace InfluencerCrm.Api.OData.Reading;

/// <summary>Sorts, pages and writes what <c>$apply</c> made.</summary>
internal static class AggregateAnswer
{
    public static async Task<IActionResult> OfAsync<T>(IDatabaseProvider provider, Aggregation aggregation, ODataQueryOptions<T> options, HttpRequest request, CancellationToken ct)
        where T : class
    {
        if (options.Search is not null || options.SelectExpand?.SelectExpandClause.SelectedItems.Any(i => i is ExpandedReferenceSelectItem) == true || options.SkipToken is not null)
        {
            throw new Malformed("notSupported", "After groupby or aggregate there are no rows to search or expand; use $filter, $orderby, $compute, $select, $top, $skip and $count.", "$apply");
        }

        var names = ResourceReader.Understood(() =>
        {
            aggregation.Filter(options.Filter?.FilterClause);
            var all = new Dictionary<string, LambdaExpression>(aggregation.Names!, StringComparer.Ordinal);
            foreach (var item in options.Compute?.ComputeClause.ComputedItems ?? [])
            {
                all[item.Alias] = aggregation.Value(item.Expression);
            }

            return Selected(options.SelectExpand?.SelectExpandClause, all);
        });
        var rows = aggregation.Rows;
        var element = rows.ElementType;
        if (request.ODataFeature().Path.LastSegment is CountSegment)
        {
            return new OkObjectResult(await CountAsync(rows, ct));
        }

        long? count = options.Count?.Value == true ? await CountAsync(rows, ct) : null;
        var page = ResourceReader.PageOf(request, options.Top?.Value);
        var skip = options.Skip?.Value ?? 0;
        var found = await ResourceReader.Answered(async () =>
        {
            rows = ResourceReader.Understood(() => Ordered(provider, aggregation, options.OrderBy?.OrderByClause, rows));
            var row = Expression.Parameter(element, "row");
            var values = Expression.NewArrayInit(typeof(object), names.Values.Select(v => Expression.Convert(new Replacer(v.Parameters[0], row).Visit(v.Body)!, typeof(object))));
            var window = LevelReader.Take(skip > 0 ? LevelReader.Skip(rows, element, skip) : rows, element, page + 1);
            return await ((IQueryable<object?[]>)window.Provider.CreateQuery(Expression.Call(typeof(Queryable), nameof(Queryable.Select), [element, typeof(object?[])], window.Expression, Expression.Quote(Expression.Lambda(values, row))))).ToListAsync(ct);
        });
        if (found.Count == 0 && aggregation.IsTotal && options.Filter is null && skip == 0 && page > 0)
        {
            // The total of no rows: nothing was found, which is a row too. Counts of nothing are 0, all else has no value.
            found.Add([.. names.Values.Select(v => v.ReturnType == typeof(long) ? (object)0L : null)]);
        }

        string? next = null;
        if (found.Count > page)
        {
            found.RemoveAt(page);
            next = page > 0 && (options.Top is null || options.Top.Value > page)
                ? NextLink.Of(request, "$skip", (skip + page).ToString(CultureInfo.InvariantCulture), options.Top?.Value - page)
                : null;
        }

        var set = RowWriter.SetOf(EdmTypes.EntityTypeOf(typeof(T)));
        return JsonAnswer.Of(request, StatusCodes.Status200OK, (json, writer) =>
        {
            json.WriteStartObject();
            ResourceReader.WriteHead(json, writer, request, $"{set}({string.Join(',', names.Keys.Select(Context))})", count);
            json.WriteStartArray("value");
            var keys = names.Keys.Select(n => n.Split('/')).ToList();
            foreach (var row in found)
            {
                Write(json, writer, keys, row);
            }

            json.WriteEndArray();
            if (next is not null)
            {
                json.WriteString(writer.Control("", "nextLink"), next);
            }

            json.WriteEndObject();
        });
    }

    private static Task<long> CountAsync(IQueryable rows, CancellationToken ct) => ResourceReader.Answered(() =>
        (Task<long>)typeof(AggregateAnswer).GetMethod(nameof(CountOfAsync), System.Reflection.BindingFlags.Static | System.Reflection.BindingFlags.NonPublic)!
            .MakeGenericMethod(rows.ElementType).Invoke(null, [rows, ct])!);

    private static Task<long> CountOfAsync<T>(IQueryable<T> rows, CancellationToken ct) => rows.LongCountAsync(ct);

    // Without an order of its own a page would not know what comes next: by all columns, as they stand.
    private static IQueryable Ordered(IDatabaseProvider provider, Aggregation aggregation, OrderByClause? order, IQueryable rows)
    {
        var keys = new List<SortKey>();
        for (var next = order; next is not null; next = next.ThenBy)
        {
            keys.Add(SortKey.Of(aggregation.Value(next.Expression), next.Direction == OrderByDirection.Descending));
        }

        if (!aggregation.IsTotal)
        {
            keys.AddRange(aggregation.Groups.Select(g => SortKey.Of(g, false)));
        }

        return keys.Count == 0 ? rows : Ordering.By(provider, rows.ElementType, keys).Apply(rows);
    }

    private static Dictionary<string, LambdaExpression> Selected(SelectExpandClause? clause, Dictionary<string, LambdaExpression> all)
    {
        if (clause is null || clause.AllSelected)
        {
            return all;
        }

        var chosen = new Dictionary<string, LambdaExpression>(StringComparer.Ordinal);
        foreach (var item in clause.SelectedItems)
        {
            if (item is not PathSelectItem { SelectedPath: var path })
            {
                return all;
            }

            var name = string.Join('/', path.Select(s => s switch { PropertySegment p => p.Property.Name, NavigationPropertySegment n => n.NavigationProperty.Name, _ => s.Identifier }));
            var found = all.Where(a => a.Key == name || a.Key.StartsWith(name + "/", StringComparison.Ordinal)).ToList();
            if (found.Count == 0)
            {
                throw new Malformed("badQuery", $"After $apply there is no {name}; there are {string.Join(", ", all.Keys)}.", "$select");
            }

            found.ForEach(f => chosen[f.Key] = f.Value);
        }

        return chosen;
    }

    // outlet/name is shown in the context as outlet(name).
    private static string Context(string path)
    {
        var parts = path.Split('/');
        return string.Join('(', parts) + new string(')', parts.Length - 1);
    }

    private static void Write(Utf8JsonWriter json, RowWriter writer, IReadOnlyList<string[]> names, object?[] row) =>
        WriteLevel(json, writer, [.. names.Select((n, i) => (n, row[i]))], 0);

    // Columns of a navigation stand inside an object of its name.
    private static void WriteLevel(Utf8JsonWriter json, RowWriter writer, List<(string[] Path, object? Value)> values, int depth)
    {
        json.WriteStartObject();
        foreach (var group in values.GroupBy(v => v.Path[depth], StringComparer.Ordinal))
        {
            json.WritePropertyName(group.Key);
            var members = group.ToList();
            if (members[0].Path.Length == depth + 1)
            {
                writer.Value(members[0].Value);
            }
            else
            {
                WriteLevel(json, writer, members, depth + 1);
            }
        }

        json.WriteEndObject();
    }
}
