namespace InfluencerCrm.Benchmarks.Api;

/// <summary>One request to the product and the library, and the same question to the floor.</summary>
/// <param name="Path">Below the server's root, escaped.</param>
/// <param name="Floor">Null where the product is held against itself.</param>
internal sealed record ApiQuestion(string Path, string? Floor, string? Prefer = null);

/// <summary>A line of the table: requests of one form with different values, and what is wanted of them.</summary>
internal sealed record ApiQuery(string Name, string Says, IReadOnlyList<ApiQuestion> Questions)
{
    /// <summary>Requests a second of the product by those of the floor, at least.</summary>
    public double? OfFloor { get; init; }

    /// <summary>Requests a second of the product by those of the library as it comes, at least.</summary>
    public double? OfLibrary { get; init; }

    /// <summary>False where the library does not know the option, or would answer something else.</summary>
    public bool LibraryKnows { get; init; } = true;

    /// <summary>False where no order is asked for.</summary>
    public bool InOrder { get; init; } = true;
}
