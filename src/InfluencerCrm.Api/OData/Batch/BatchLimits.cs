using InfluencerCrm.Core.Errors;
using Microsoft.AspNetCore.Http;

namespace InfluencerCrm.Api.OData.Batch;

/// <summary>How much one batch may hold, and what no part of it may be.</summary>
internal static class BatchLimits
{
    /// <summary>Bytes of a whole batch at most.</summary>
    public const int LargestBatch = 8 * 1024 * 1024;

    public const int MostParts = 100;

    public const int MostChangeSets = 10;

    private const int LongestId = 128;

    private static readonly string[] Methods = [HttpMethods.Get, HttpMethods.Head, HttpMethods.Options, HttpMethods.Post, HttpMethods.Put, HttpMethods.Patch, HttpMethods.Delete];

    // Who acts is said once, by the batch: a part cannot be somebody else.
    private static readonly string[] Identity = ["Authorization", "Cookie", "X-Api-Key"];

    /// <exception cref="Malformed">It is too large, a part is not of the kind taken here, or its names contradict each other.</exception>
    public static void Check(IReadOnlyList<BatchUnit> units, HttpRequest batch)
    {
        var parts = units.SelectMany(u => u.Parts).ToList();
        if (parts.Count > MostParts || units.Count(u => u.IsChangeSet) > MostChangeSets)
        {
            throw new Malformed("batchTooLarge", $"A batch holds {MostParts} requests and {MostChangeSets} change sets at most; send several.");
        }

        var known = new HashSet<string>(StringComparer.Ordinal);
        foreach (var unit in units)
        {
            foreach (var part in unit.Parts)
            {
                Check(part, batch);
                foreach (var before in part.DependsOn.Where(d => !known.Contains(d)))
                {
                    throw BatchErrors.Bad($"dependsOn names \"{before}\", which does not stand before it.", part.Id);
                }

                if (part.Id is { } id && (id.Length is 0 or > LongestId || !known.Add(id)))
                {
                    throw BatchErrors.Bad($"Each request has an id of its own, of {LongestId} characters at most.", id.Length > LongestId ? null : id);
                }
            }

            // Two change sets of a multipart batch have names that nobody gave.
            if (unit.Group is { } group && !known.Add(group))
            {
                throw BatchErrors.Bad("The requests of one atomicityGroup stand one after the other, and its name is nobody else's.", group);
            }
        }
    }

    private static void Check(BatchPart part, HttpRequest batch)
    {
        if (!Methods.Contains(part.Method, StringComparer.Ordinal))
        {
            throw BatchErrors.Bad("The method is one of GET, HEAD, OPTIONS, POST, PUT, PATCH and DELETE.", part.Id);
        }

        foreach (var name in Identity)
        {
            if (part.Headers.TryGetValue(name, out var own) && own != batch.Headers[name])
            {
                throw BatchErrors.Bad($"Requests in a batch act as who sent it; {name} is not taken from one of them.", part.Id);
            }
        }

        if (PartAddress.Of(part.Url, batch, part.Id).IsBatch)
        {
            throw BatchErrors.Bad("A batch cannot hold a batch.", part.Id);
        }
    }
}

/// <summary>What is said of a batch that cannot be read.</summary>
internal static class BatchErrors
{
    public static Malformed Bad(string message, string? part = null) => new("badBatch", message, part);
}
