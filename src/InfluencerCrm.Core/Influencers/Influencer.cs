using InfluencerCrm.Core.Access;
using InfluencerCrm.Core.Audit;
using InfluencerCrm.Core.Coverage;
using InfluencerCrm.Core.Data;
using InfluencerCrm.Core.Errors;
using InfluencerCrm.Core.Interactions;
using InfluencerCrm.Core.Outlets;
using InfluencerCrm.Core.Platforms;

namespace InfluencerCrm.Core.Influencers;

/// <summary>A person we may write to: journalist, blogger, expert, creator or stakeholder, or a newsroom desk with an address of its own.</summary>
[Access(Right.WriteContacts)]
public sealed class Influencer : Entity, IWritable<Influencer, InfluencerChanges>, IArchivable, IErasable
{
    /// <summary>What stands for the name of a person who was erased.</summary>
    public const string ErasedName = "Erased person";

    private Influencer()
    {
    }

    public Influencer(InfluencerKind kind, string displayName)
    {
        Kind = kind;
        DisplayName = displayName;
        Index();
    }

    public InfluencerKind Kind { get; private set; }

    /// <summary>A newsroom desk that has an address of its own, not a person.</summary>
    public bool IsDesk { get; private set; }

    /// <summary>As shown in lists and searched.</summary>
    public string DisplayName { get; private set; } = "";

    /// <summary>Given name.</summary>
    public string? FirstName { get; private set; }

    /// <summary>Family name.</summary>
    public string? LastName { get; private set; }

    /// <summary>The primary e-mail contact point; setting it changes that point.</summary>
    public string? Email { get; private set; }

    /// <summary>The primary phone contact point; setting it changes that point.</summary>
    public string? Phone { get; private set; }

    /// <summary>The status of the primary e-mail contact point.</summary>
    public EmailStatus EmailStatus { get; private set; }

    /// <summary>ISO 3166-1 alpha-2, where the person works.</summary>
    public string? Country { get; private set; }

    /// <summary>Where the person works.</summary>
    public string? City { get; private set; }

    /// <summary>The area the person reports on, in words.</summary>
    public string? CoverageArea { get; private set; }

    /// <summary>The language the person is written to in.</summary>
    public string? Language { get; private set; }

    /// <summary>BCP 47; all languages the person works in.</summary>
    public List<string> Languages { get; private set; } = [];

    /// <summary>IANA name, for example <c>Europe/Paris</c>.</summary>
    public string? TimeZone { get; private set; }

    /// <summary>What the person says of themselves, or others in public; searched.</summary>
    public string? Bio { get; private set; }

    /// <summary>What the team should know before writing.</summary>
    public string? About { get; private set; }

    /// <summary>Needs special care.</summary>
    public bool Vip { get; private set; }

    /// <summary>Web address of a portrait.</summary>
    public string? PhotoUrl { get; private set; }

    /// <summary>People reached, all outlets and accounts together.</summary>
    public int? Audience { get; private set; }

    /// <summary>0 to 100, from reach, resonance and relationship; empty when nothing is known.</summary>
    [NotAudited]
    public double? InfluenceScore { get; private set; }

    /// <summary>0 to 100: how many people are reached; empty when unknown.</summary>
    [NotAudited]
    public double? ReachScore { get; private set; }

    /// <summary>0 to 100: how much others react; empty when unknown.</summary>
    [NotAudited]
    public double? ResonanceScore { get; private set; }

    /// <summary>0 to 100: how well the person is known to us; empty when unknown.</summary>
    [NotAudited]
    public double? RelationshipScore { get; private set; }

    /// <summary>The newest interaction that was done, of any client.</summary>
    [NotAudited]
    public DateTime? LastInteractionAt { get; private set; }

    /// <summary>The newest piece the person wrote, as far as we know.</summary>
    [NotAudited]
    public DateTime? LastCoverageAt { get; private set; }

    /// <summary>How the person wants to be approached, in words.</summary>
    public string? PreferredChannel { get; private set; }

    /// <summary>Not written to before this moment.</summary>
    public DateTime? AwayUntil { get; private set; }

    /// <summary>Whom to write to while the person is away.</summary>
    public int? AwayDelegateId { get; private set; }

    public Influencer? AwayDelegate { get; private set; }

    /// <summary>Nobody here writes to the person; no send-out does either.</summary>
    public bool DoNotContact { get; private set; }

    /// <summary>Why the person is not written to.</summary>
    public string? DoNotContactReason { get; private set; }

    /// <summary>A hint only: an embargo holds by an agreement on one story.</summary>
    public bool? AcceptsEmbargo { get; private set; }

    /// <summary>On what data on the person are held, for example <c>legitimate interest</c>.</summary>
    public string? LawfulBasis { get; private set; }

    /// <summary>Where the data come from.</summary>
    public string? DataSource { get; private set; }

    /// <summary>When the person was told that data are held (GDPR article 14).</summary>
    public DateTime? NoticeSentAt { get; private set; }

    /// <summary>When somebody last made sure that the entry is right.</summary>
    public DateTime? VerifiedAt { get; private set; }

    /// <summary>Free words of the team.</summary>
    public List<string> Tags { get; private set; } = [];

    [NotAudited]
    public string DisplayNameSearch { get; private set; } = "";

    [NotAudited]
    public string FirstNameSearch { get; private set; } = "";

    [NotAudited]
    public string LastNameSearch { get; private set; } = "";

    [NotAudited]
    public string BioSearch { get; private set; } = "";

    /// <summary>Everything the person is searched by, normalised.</summary>
    [NotAudited]
    public string SearchText { get; private set; } = "";

    public DateTime? ArchivedAt { get; private set; }

    public DateTime? ErasedAt { get; private set; }

    /// <summary>The furthest stage among the relationships the actor may see; see <see cref="FurthestRelationship"/>.</summary>
    public RelationshipStage RelationshipStage { get; private set; }

    /// <summary>The aim of that relationship.</summary>
    public RelationshipAim? RelationshipAim { get; private set; }

    public List<InfluencerTopic> Topics { get; private set; } = [];

    public List<ContactPoint> ContactPoints { get; private set; } = [];

    public List<Presence> Presences { get; private set; } = [];

    public List<Affiliation> Affiliations { get; private set; } = [];

    public List<Relationship> Relationships { get; private set; } = [];

    public List<Interaction> Interactions { get; private set; } = [];

    /// <summary>Pieces the person is the first author of.</summary>
    public List<CoveragePiece> Coverage { get; private set; } = [];

    public static Influencer Create(InfluencerChanges changes)
    {
        ArgumentNullException.ThrowIfNull(changes);
        var name = changes.DisplayName.IsSet ? changes.DisplayName.Value : NameOf(changes.FirstName.Value, changes.LastName.Value);
        var person = new Influencer
        {
            Kind = changes.Kind.Or(InfluencerKind.Journalist),
            DisplayName = string.IsNullOrWhiteSpace(name) ? throw new RuleViolation("required", "displayName, or firstName and lastName, must be given.", "displayName") : name,
        };
        person.Apply(changes);
        return person;
    }

    public void Apply(InfluencerChanges changes)
    {
        ArgumentNullException.ThrowIfNull(changes);
        var formerName = NameOf(FirstName, LastName);
        Kind = changes.Kind.Or(Kind);
        IsDesk = changes.IsDesk.Or(IsDesk);
        FirstName = changes.FirstName.Or(FirstName);
        LastName = changes.LastName.Or(LastName);

        // A display name that was only the two names put together follows them.
        DisplayName = changes.DisplayName.IsSet ? changes.DisplayName.Value
            : DisplayName == formerName && NameOf(FirstName, LastName) is { Length: > 0 } name ? name
            : DisplayName;
        Email = Blank(changes.Email.Or(Email));
        Phone = Blank(changes.Phone.Or(Phone));
        EmailStatus = changes.EmailStatus.Or(EmailStatus);
        Country = Check.Country(changes.Country.Or(Country), "country");
        City = changes.City.Or(City);
        CoverageArea = changes.CoverageArea.Or(CoverageArea);
        Language = Check.Language(changes.Language.Or(Language), "language");
        Languages = changes.Languages.IsSet ? Check.Texts(changes.Languages.Value, 35, "languages") : Languages;
        foreach (var language in Languages)
        {
            Check.Language(language, "languages");
        }

        TimeZone = Check.TimeZone(changes.TimeZone.Or(TimeZone), "timeZone");
        Bio = changes.Bio.Or(Bio);
        About = changes.About.Or(About);
        Vip = changes.Vip.Or(Vip);
        PhotoUrl = Check.WebAddress(changes.PhotoUrl.Or(PhotoUrl), "photoUrl");
        Audience = Check.NotNegative(changes.Audience.Or(Audience), "audience");
        PreferredChannel = changes.PreferredChannel.Or(PreferredChannel);
        AwayUntil = Check.Utc(changes.AwayUntil.Or(AwayUntil));
        AwayDelegateId = changes.AwayDelegateId.Or(AwayDelegateId);
        DoNotContact = changes.DoNotContact.Or(DoNotContact);
        DoNotContactReason = changes.DoNotContactReason.Or(DoNotContactReason);
        AcceptsEmbargo = changes.AcceptsEmbargo.Or(AcceptsEmbargo);
        LawfulBasis = changes.LawfulBasis.Or(LawfulBasis);
        DataSource = changes.DataSource.Or(DataSource);
        NoticeSentAt = Check.Utc(changes.NoticeSentAt.Or(NoticeSentAt));
        VerifiedAt = Check.Utc(changes.VerifiedAt.Or(VerifiedAt));
        Tags = changes.Tags.IsSet ? Check.Texts(changes.Tags.Value, 100, "tags") : Tags;
        if (AwayDelegateId is not null && AwayDelegateId == Id)
        {
            throw new RuleViolation("ownDelegate", "Somebody who is away cannot stand in for themselves.", "awayDelegateId");
        }

        Index();
    }

    /// <summary>Takes the scores a calculation gave; null where nothing is known.</summary>
    public void Score(double? influence, double? reach, double? resonance, double? relationship)
    {
        InfluenceScore = Check.Between(influence, 0, 100, "influenceScore");
        ReachScore = Check.Between(reach, 0, 100, "reachScore");
        ResonanceScore = Check.Between(resonance, 0, 100, "resonanceScore");
        RelationshipScore = Check.Between(relationship, 0, 100, "relationshipScore");
    }

    /// <summary>Takes over the primary contact points.</summary>
    internal void Copy(ContactPoint? email, ContactPoint? phone)
    {
        Email = email?.Value;
        EmailStatus = email?.Status ?? EmailStatus.Unknown;
        Phone = phone?.Value;
        Index();
    }

    internal void Copy(ContactKind kind, ContactPoint point)
    {
        if (kind == ContactKind.Phone)
        {
            Phone = point.Value;
            return;
        }

        Email = point.Value;
        EmailStatus = point.Status;
        Index();
    }

    public void Archive(DateTime now) => ArchivedAt ??= now;

    public void Restore() => ArchivedAt = null;

    /// <summary>Leaves a row that says nothing of the person, so that counts and history stay whole.</summary>
    internal void Erase(DateTime now)
    {
        DisplayName = ErasedName;
        FirstName = LastName = Email = Phone = Country = City = CoverageArea = Language = TimeZone = Bio = About = PhotoUrl = null;
        PreferredChannel = DoNotContactReason = LawfulBasis = DataSource = null;
        EmailStatus = EmailStatus.Unknown;
        Languages = [];
        Tags = [];
        Audience = AwayDelegateId = null;
        AcceptsEmbargo = null;
        InfluenceScore = ReachScore = ResonanceScore = RelationshipScore = null;
        LastInteractionAt = LastCoverageAt = AwayUntil = NoticeSentAt = VerifiedAt = null;
        Vip = false;
        DoNotContact = true;
        ErasedAt = now;
        Index();
    }

    internal static string NameOf(string? firstName, string? lastName) => $"{firstName} {lastName}".Trim();

    private static string? Blank(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    private void Index()
    {
        DisplayNameSearch = SearchTextOf.Joined(ModelConventions.DefaultLength, [DisplayName]);
        FirstNameSearch = SearchTextOf.Joined(ModelConventions.DefaultLength, [FirstName]);
        LastNameSearch = SearchTextOf.Joined(ModelConventions.DefaultLength, [LastName]);
        BioSearch = SearchTextOf.Joined(InfluencerConfiguration.TextLength, [Bio]);

        // The index over this text serves the names and the biography too, so they must be whole in it: a great many tags are cut first.
        var head = SearchTextOf.Joined(InfluencerConfiguration.SearchLength - InfluencerConfiguration.TextLength - 1, [DisplayName, FirstName, LastName, Email, City, CoverageArea, .. Tags]);
        SearchText = SearchTextOf.Cut(string.Join(' ', new[] { head, BioSearch, Data.SearchText.Normalise(About) }.Where(t => t.Length > 0)), InfluencerConfiguration.SearchLength);
    }
}
