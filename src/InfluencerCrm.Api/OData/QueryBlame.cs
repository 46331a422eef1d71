using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.OData.Query;
using Microsoft.OData.Edm;
using Microsoft.OData.UriParser;
using Microsoft.OData.UriParser.Aggregation;

namespace InfluencerCrm.Api.OData;

/// <summary>Which option of a request it was: the parser reads them all in one go, and seldom says so. Asked only when something went wrong.</summary>
internal static class QueryBlame
{
    /// <param name="options">Null where they could not even be taken apart.</param>
    public static string? Of<T>(ODataQueryOptions<T>? options, HttpRequest request)
    {
        var sent = request.Query.Where(q => q.Key.StartsWith('$')).ToList();
        if (options is null)
        {
            return sent.Count == 1 ? sent[0].Key : sent.FirstOrDefault(q => string.IsNullOrWhiteSpace(q.Value)).Key;
        }

        var limits = ResourceReader.Limits;
        (string Option, Action Read)[] steps =
        [
            ("$apply", () => _ = options.Apply?.ApplyClause),
            ("$compute", () => _ = options.Compute?.ComputeClause),
            ("$search", () => _ = options.Search?.SearchClause),
            ("$filter", () => options.Filter?.Validate(limits)),
            ("$orderby", () => options.OrderBy?.Validate(limits)),
            ("$select", () => Select(options)),
            ("$expand", () => options.SelectExpand?.Validate(limits)),
            ("$top", () => options.Top?.Validate(limits)),
            ("$skip", () => options.Skip?.Validate(limits)),
            ("$count", () => options.Count?.Validate(limits)),
            ("$skiptoken", () => options.SkipToken?.Validate(limits)),
        ];
        return steps.FirstOrDefault(s => Fails(s.Read)).Option;
    }

    /// <summary>The names that <c>$apply</c> leaves; null where it leaves whole rows, or cannot be read itself.</summary>
    public static IReadOnlyList<string>? Left<T>(ODataQueryOptions<T>? options)
    {
        List<string>? names = null;
        if (options?.Apply is null || Fails(() => _ = options.Apply.ApplyClause))
        {
            return null;
        }

        foreach (var step in options.Apply.ApplyClause.Transformations)
        {
            switch (step)
            {
                case GroupByTransformationNode group:
                    names = [.. group.GroupingProperties.SelectMany(p => Paths(p, "")), .. Aliases(group.ChildTransformations)];
                    break;
                case AggregateTransformationNode:
                    names = [.. Aliases(step)];
                    break;
                case ComputeTransformationNode compute:
                    names?.AddRange(compute.Expressions.Select(e => e.Alias));
                    break;
            }
        }

        return names;
    }

    private static IEnumerable<string> Aliases(TransformationNode? step) => step is AggregateTransformationNode sums ? sums.AggregateExpressions.Select(e => e.Alias) : [];

    private static IEnumerable<string> Paths(GroupByPropertyNode node, string above) =>
        node.ChildTransformations.Count > 0 ? node.ChildTransformations.SelectMany(c => Paths(c, $"{above}{node.Name}/")) : [above + node.Name];

    // Read together with $expand otherwise.
    private static void Select<T>(ODataQueryOptions<T> options)
    {
        if (options.SelectExpand is not { RawSelect: { Length: > 0 } select })
        {
            return;
        }

        var alone = new Dictionary<string, string> { ["$select"] = select };
        if (options.Compute is { RawValue: var computed })
        {
            alone["$compute"] = computed;
        }

        var type = EdmTypes.EntityTypeOf(typeof(T));
        new ODataQueryOptionParser(CrmEdm.Model, type, CrmEdm.Model.EntityContainer.EntitySets().FirstOrDefault(s => s.EntityType == type), alone) { Resolver = ResourceReader.Resolver }.ParseSelectAndExpand();
    }

    private static bool Fails(Action read)
    {
        try
        {
            read();
            return false;
        }
        catch (Exception exception) when (QueryWords.IsTheClients(exception))
        {
            return true;
        }
    }
}
