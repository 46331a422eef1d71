using InfluencerCrm.Core.Access;
using InfluencerCrm.Core.Audit;
using InfluencerCrm.Core.Campaigns;
using InfluencerCrm.Core.Data;
using InfluencerCrm.Core.Influencers;
using InfluencerCrm.Core.Interactions;
using InfluencerCrm.Core.Outlets;
using InfluencerCrm.Core.Stories;

namespace InfluencerCrm.Core.Coverage;

/// <summary>A published piece: about us, or one that people we follow published.</summary>
[Access(Right.WriteContacts)]
public sealed class CoveragePiece : Entity, IWritable<CoveragePiece, CoverageChanges>, ICampaignOwned
{
    private CoveragePiece()
    {
    }

    public CoveragePiece(string title, DateTime publishedAt)
    {
        Title = title;
        PublishedAt = Check.Utc(publishedAt)!.Value;
        TitleSearch = Searchable(title);
    }

    /// <summary>Web address; empty for print and broadcast.</summary>
    public string? Url { get; private set; }

    /// <summary>Headline.</summary>
    public string Title { get; private set; } = "";

    [NotAudited]
    public string TitleSearch { get; private set; } = "";

    /// <summary>The passage that matters.</summary>
    public string? Excerpt { get; private set; }

    /// <summary>When it was published.</summary>
    public DateTime PublishedAt { get; private set; }

    public CoverageMedium Medium { get; private set; }

    /// <summary>Of a printed paper.</summary>
    public string? Edition { get; private set; }

    /// <summary>Of a printed paper.</summary>
    public string? Page { get; private set; }

    /// <summary>Of radio, television and podcasts, in seconds.</summary>
    public int? DurationSeconds { get; private set; }

    /// <summary>BCP 47.</summary>
    public string? Language { get; private set; }

    public int? OutletId { get; private set; }

    public Outlet? Outlet { get; private set; }

    /// <summary>The first author.</summary>
    public int? InfluencerId { get; private set; }

    public Influencer? Influencer { get; private set; }

    public List<CoverageAuthor> Authors { get; private set; } = [];

    public List<CoverageMention> Mentions { get; private set; } = [];

    public int? CampaignId { get; private set; }

    public Campaign? Campaign { get; private set; }

    public int? StoryId { get; private set; }

    public Story? Story { get; private set; }

    public CoverageMedia Media { get; private set; }

    public Sentiment? Sentiment { get; private set; }

    /// <summary>Empty when unknown; never estimated.</summary>
    public int? Reach { get; private set; }

    /// <summary>Reactions, comments and shares counted.</summary>
    public int? Engagement { get; private set; }

    public CoverageStatus Status { get; private set; } = CoverageStatus.Confirmed;

    /// <summary>The piece this one repeats.</summary>
    public int? SyndicatedFromId { get; private set; }

    /// <summary>What found it: a feed, a watch, an import, a person.</summary>
    public string? DiscoveredBy { get; private set; }

    public static CoveragePiece Create(CoverageChanges changes)
    {
        ArgumentNullException.ThrowIfNull(changes);
        var piece = new CoveragePiece { Title = changes.Title.Required("title") };
        piece.Apply(changes);
        return piece;
    }

    public void Apply(CoverageChanges changes)
    {
        ArgumentNullException.ThrowIfNull(changes);
        Url = Check.WebAddress(changes.Url.Or(Url), "url");
        Title = changes.Title.Or(Title);
        TitleSearch = Searchable(Title);
        Excerpt = changes.Excerpt.Or(Excerpt);
        PublishedAt = Check.Utc(changes.PublishedAt.Or(PublishedAt))!.Value;
        Medium = changes.Medium.Or(Medium);
        Edition = changes.Edition.Or(Edition);
        Page = changes.Page.Or(Page);
        DurationSeconds = Check.NotNegative(changes.DurationSeconds.Or(DurationSeconds), "durationSeconds");
        Language = Check.Language(changes.Language.Or(Language), "language");
        OutletId = changes.OutletId.Or(OutletId);
        InfluencerId = changes.InfluencerId.Or(InfluencerId);
        CampaignId = changes.CampaignId.Or(CampaignId);
        StoryId = changes.StoryId.Or(StoryId);
        Media = changes.Media.Or(Media);
        Sentiment = changes.Sentiment.Or(Sentiment);
        Reach = Check.NotNegative(changes.Reach.Or(Reach), "reach");
        Engagement = Check.NotNegative(changes.Engagement.Or(Engagement), "engagement");
        Status = changes.Status.Or(Status);
        SyndicatedFromId = changes.SyndicatedFromId.Or(SyndicatedFromId);
        DiscoveredBy = changes.DiscoveredBy.Or(DiscoveredBy);
        if (SyndicatedFromId is not null && SyndicatedFromId == Id)
        {
            throw new Errors.RuleViolation("syndicatedFromItself", "A piece cannot repeat itself.", "syndicatedFromId");
        }
    }

    public void BelongTo(int influencerId) => InfluencerId = influencerId;

    internal void PublishedNow(DateTime now) => PublishedAt = now;

    private static string Searchable(string title) => SearchTextOf.Joined(ModelConventions.DefaultLength, [title]);
}
