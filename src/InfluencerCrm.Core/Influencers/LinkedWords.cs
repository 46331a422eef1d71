using System.Linq.Expressions;
using InfluencerCrm.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace InfluencerCrm.Core.Influencers;

/// <summary>
/// People found by what they are linked to: the name of an outlet they have a role at, the names and keywords of a topic in all
/// languages. Looked up there rather than copied into each person, as the new name of an outlet would rewrite thousands.
/// </summary>
public static class LinkedWords
{
    /// <summary>As a condition on a person.</summary>
    /// <param name="word">Normalised.</param>
    public static Expression<Func<Influencer, bool>> Hold(string word) =>
        person => person.Affiliations.Any(a => a.Outlet!.NameSearch.Contains(word)) || person.Topics.Any(t => t.Topic!.SearchText.Contains(word));

    /// <summary>Their keys, some twice, beginning at the few outlets and topics that hold the word. Hidden people too: what reads the rows hides them.</summary>
    /// <param name="word">Normalised.</param>
    /// <param name="most">How many are read by each of the two links.</param>
    public static IQueryable<int> KeysOf(CrmDbContext db, string word, int most)
    {
        ArgumentNullException.ThrowIfNull(db);
        var byOutlet = db.Affiliations.IgnoreQueryFilters()
            .Where(a => a.InfluencerId != null && db.Outlets.Where(o => o.NameSearch.Contains(word)).Select(o => o.Id).Contains(a.OutletId))
            .Select(a => a.InfluencerId!.Value);
        var byTopic = db.InfluencerTopics.IgnoreQueryFilters()
            .Where(t => db.Topics.Where(n => n.SearchText.Contains(word)).Select(n => n.Id).Contains(t.TopicId))
            .Select(t => t.InfluencerId);
        return byOutlet.Take(most).Concat(byTopic.Take(most));
    }
}
