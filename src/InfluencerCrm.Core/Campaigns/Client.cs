using InfluencerCrm.Core.Access;
using InfluencerCrm.Core.Data;

namespace InfluencerCrm.Core.Campaigns;

/// <summary>A brand or company the team works for. A wall stands around it: only its members and admins see it and its rows.</summary>
[Access(Right.WritePlans)]
public sealed class Client : Entity, IWritable<Client, ClientChanges>, IArchivable
{
    private Client()
    {
    }

    public Client(string name) => Name = name;

    /// <summary>Brand or company; unique.</summary>
    public string Name { get; private set; } = "";

    /// <summary>Its web address.</summary>
    public string? Website { get; private set; }

    /// <summary>ISO 3166-1 alpha-2.</summary>
    public string? Country { get; private set; }

    /// <summary>BCP 47; the languages it speaks in public.</summary>
    public List<string> Languages { get; private set; } = [];

    /// <summary>Words whose appearance in the media concerns the client.</summary>
    public List<string> WatchWords { get; private set; } = [];

    /// <summary>Names that are told apart in coverage.</summary>
    public List<string> Competitors { get; private set; } = [];

    /// <summary>How it speaks, for those who write for it.</summary>
    public string? ToneOfVoice { get; private set; }

    /// <summary>Words a mail for this client must not contain.</summary>
    public List<string> BannedWords { get; private set; } = [];

    /// <summary>"About the company", by language.</summary>
    public LocalizedText Boilerplate { get; private set; } = new();

    /// <summary>IANA name, for example <c>Europe/Paris</c>.</summary>
    public string? TimeZone { get; private set; }

    public DataRole DataRole { get; private set; }

    public DateTime? ArchivedAt { get; private set; }

    public List<ClientMember> Members { get; private set; } = [];

    public List<ClientContact> Contacts { get; private set; } = [];

    public static Client Create(ClientChanges changes)
    {
        ArgumentNullException.ThrowIfNull(changes);
        var client = new Client(changes.Name.Required("name"));
        client.Apply(changes);
        return client;
    }

    public void Apply(ClientChanges changes)
    {
        ArgumentNullException.ThrowIfNull(changes);
        Name = changes.Name.Or(Name);
        Website = Check.WebAddress(changes.Website.Or(Website), "website");
        Country = Check.Country(changes.Country.Or(Country), "country");
        Languages = ValueLists.Languages(changes.Languages.Or(Languages), "languages");
        WatchWords = ValueLists.Words(changes.WatchWords.Or(WatchWords), "watchWords");
        Competitors = ValueLists.Words(changes.Competitors.Or(Competitors), "competitors");
        ToneOfVoice = changes.ToneOfVoice.Or(ToneOfVoice);
        BannedWords = ValueLists.Words(changes.BannedWords.Or(BannedWords), "bannedWords");
        Boilerplate = changes.Boilerplate.Or(Boilerplate) ?? new LocalizedText();
        TimeZone = Check.TimeZone(changes.TimeZone.Or(TimeZone), "timeZone");
        DataRole = changes.DataRole.Or(DataRole);
    }

    public void Archive(DateTime now) => ArchivedAt = now;

    public void Restore() => ArchivedAt = null;
}
