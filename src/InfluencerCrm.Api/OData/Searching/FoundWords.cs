using InfluencerCrm.Api.OData.Reading;

namespace InfluencerCrm.Api.OData.Searching;

/// <summary>What the indexes said of a query's words before the query itself runs.</summary>
/// <param name="keys">Keys of all rows that may match, and of some others; null: any row may.</param>
/// <param name="linked">For each word of <c>$search</c>, the people it finds by their outlets and topics; null: too many.</param>
internal sealed class FoundWords(IReadOnlyCollection<int>? keys, IReadOnlyDictionary<string, List<int>?> linked)
{
    public static readonly FoundWords Nothing = new(null, new Dictionary<string, List<int>?>());

    /// <summary>Null where the rows themselves must be asked.</summary>
    public List<int>? LinkedTo(string word) => linked.GetValueOrDefault(word);

    /// <summary>Only the candidates. The conditions of the query stay, and are what decides.</summary>
    public IQueryable Narrow(IQueryable rows) => keys is null ? rows : LevelReader.In(rows, rows.ElementType, "Id", [.. keys.Select(k => (long)k)]);
}
