using Microsoft.AspNetCore.Http;

namespace InfluencerCrm.Api.OData.Batch;

/// <summary>One request inside a batch, as it was sent.</summary>
/// <param name="Id">The name that other parts refer to it by (<c>$1</c>), and that its answer bears; null: it has none.</param>
/// <param name="Group">The change set it belongs to.</param>
/// <param name="DependsOn">Parts and change sets that must have succeeded before it.</param>
internal sealed record BatchPart(string? Id, string Method, string Url, HeaderDictionary Headers, ReadOnlyMemory<byte> Body, string? Group, IReadOnlyList<string> DependsOn);

/// <summary>What is done as one: a single request, or a change set.</summary>
internal sealed record BatchUnit(string? Group, IReadOnlyList<BatchPart> Parts)
{
    public bool IsChangeSet => Group is not null;
}

/// <summary>The answer to one part.</summary>
internal sealed record PartAnswer(BatchPart Part, int Status, IHeaderDictionary Headers, ReadOnlyMemory<byte> Body)
{
    public bool Succeeded => Status < StatusCodes.Status400BadRequest;
}
