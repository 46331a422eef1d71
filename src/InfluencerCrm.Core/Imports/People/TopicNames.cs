using InfluencerCrm.Core.Data;
using InfluencerCrm.Core.Influencers;
using InfluencerCrm.Core.Topics;
using Microsoft.EntityFrameworkCore;

namespace InfluencerCrm.Core.Imports.People;

/// <summary>Topics by any name or keyword they have in any language; a name goes before a keyword.</summary>
internal sealed class TopicNames
{
    private readonly Dictionary<string, int> _ids = new(StringComparer.Ordinal);

    public static async Task<TopicNames> LoadAsync(CrmDbContext db, CancellationToken ct)
    {
        var names = new TopicNames();
        var topics = await db.Topics.AsNoTracking().OrderBy(t => t.Id).ToListAsync(ct);
        topics.ForEach(t => names.Add(t.Name, t));
        topics.ForEach(t => names.AddAll(t.Names.Values.Values.OfType<string>(), t));
        topics.ForEach(t => names.AddAll(t.Keywords.Values.Values.OfType<IEnumerable<string>>().SelectMany(w => w), t));
        return names;
    }

    public int? Find(string name) => _ids.TryGetValue(WordKey.Of(name), out var id) ? id : null;

    private void AddAll(IEnumerable<string> names, Topic topic)
    {
        foreach (var name in names)
        {
            Add(name, topic);
        }
    }

    private void Add(string name, Topic topic)
    {
        if (WordKey.Of(name) is { Length: > 0 } key)
        {
            _ids.TryAdd(key, topic.Id);
        }
    }
}
