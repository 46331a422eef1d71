using InfluencerCrm.Core.Data;
using Microsoft.EntityFrameworkCore.Metadata;

namespace InfluencerCrm.Core.Changes;

/// <summary>
/// Makes the database write the changes. Triggers, because rows are written in many ways (saving, bulk inserts and updates, cascades,
/// an operator's own SQL), and a feed that misses one of them is wrong for ever; and because a set-based write costs next to nothing there.
/// They are made <see cref="AfterMigrating"/>.
/// </summary>
public static class ChangeTriggers
{
    /// <param name="statements">The statements that make, or make anew, the triggers of a table.</param>
    public static IEnumerable<string> Of(IModel model, Func<FollowedTable, IEnumerable<string>> statements) =>
        FollowedSet.All.Select(s => s.TableIn(model)).SelectMany(statements);
}
