using InfluencerCrm.Core.Errors;

namespace InfluencerCrm.Core.Data;

/// <summary>Keeps a tree a tree: no row sits inside itself, however far up.</summary>
internal static class Cycles
{
    /// <param name="id">The row; 0 for a new one, which nothing can sit inside yet.</param>
    /// <param name="parentId">Where it is to sit.</param>
    /// <param name="parentOf">Reads a row's parent.</param>
    public static async Task CheckAsync(int id, int? parentId, Func<int, Task<int?>> parentOf)
    {
        var seen = new HashSet<int>();
        for (var above = id == 0 ? null : parentId; above is { } current && seen.Add(current); above = await parentOf(current))
        {
            if (current == id)
            {
                throw new RuleViolation("cycle", "A row cannot sit inside itself, nor inside one of its own parts.", "parentId");
            }
        }
    }
}
