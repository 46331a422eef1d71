using InfluencerCrm.Core.Access;
using InfluencerCrm.Core.Audit;
using InfluencerCrm.Core.Data;

namespace InfluencerCrm.Core.Topics;

/// <summary>A subject people write about, in a tree, with names and keywords in several languages.</summary>
[Access(Right.WriteContacts)]
public sealed class Topic : Entity, IWritable<Topic, TopicChanges>
{
    private Topic()
    {
    }

    public Topic(string name)
    {
        Name = name;
        Index();
    }

    /// <summary>In the agency's language.</summary>
    public string Name { get; private set; } = "";

    [NotAudited]
    public string NameSearch { get; private set; } = "";

    /// <summary>The wider topic.</summary>
    public int? ParentId { get; private set; }

    public Topic? Parent { get; private set; }

    public List<Topic> Children { get; private set; } = [];

    /// <summary>The name by language.</summary>
    public LocalizedText Names { get; private set; } = new();

    /// <summary>Words by language that tell the topic in a text.</summary>
    public LocalizedWords Keywords { get; private set; } = new();

    /// <summary>Name, names and keywords, normalised.</summary>
    [NotAudited]
    public string SearchText { get; private set; } = "";

    public static Topic Create(TopicChanges changes)
    {
        ArgumentNullException.ThrowIfNull(changes);
        var topic = new Topic(changes.Name.Required("name"));
        topic.Apply(changes);
        return topic;
    }

    public void Apply(TopicChanges changes)
    {
        ArgumentNullException.ThrowIfNull(changes);
        Name = changes.Name.Or(Name);
        ParentId = changes.ParentId.Or(ParentId);
        Names = changes.Names.Or(Names) ?? new LocalizedText();
        Keywords = changes.Keywords.Or(Keywords) ?? new LocalizedWords();
        foreach (var language in Names.Values.Keys)
        {
            Check.Language(language, "names");
        }

        foreach (var language in Keywords.Values.Keys)
        {
            Check.Language(language, "keywords");
        }

        Index();
    }

    private void Index()
    {
        NameSearch = Data.SearchText.Normalise(Name);
        SearchText = SearchTextOf.Joined(TopicConfiguration.SearchLength, [Name, .. Names.Values.Values.OfType<string>(), .. Keywords.Values.Values.OfType<IEnumerable<string>>().SelectMany(w => w)]);
    }
}
