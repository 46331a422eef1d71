using System.Security.Cryptography;
using System.Text;
using InfluencerCrm.Core.Access;
using InfluencerCrm.Core.Campaigns;
using InfluencerCrm.Core.Data;
using InfluencerCrm.Core.Errors;

namespace InfluencerCrm.Core.Stories;

/// <summary>The thing that is pitched: a release, pitch, statement, invitation or op-ed, in versions by language.</summary>
[Access(Right.WritePlans)]
public sealed class Story : Entity, IWritable<Story, StoryChanges>, IClientOwned, ICampaignOwned, IArchivable
{
    private Story()
    {
    }

    public Story(string title, StoryKind kind)
    {
        Title = title;
        Kind = kind;
    }

    public int? ClientId { get; private set; }

    public Client? Client { get; private set; }

    public int? CampaignId { get; private set; }

    public Campaign? Campaign { get; private set; }

    /// <summary>Working title.</summary>
    public string Title { get; private set; } = "";

    /// <summary>Why it is news.</summary>
    public string? Angle { get; private set; }

    public StoryKind Kind { get; private set; }

    public StoryStatus Status { get; private set; }

    /// <summary>Nothing is public before this moment.</summary>
    public DateTime? EmbargoUntil { get; private set; }

    /// <summary>The outlet that has it first.</summary>
    public int? ExclusiveOutletId { get; private set; }

    /// <summary>Until when it is exclusive.</summary>
    public DateTime? ExclusiveUntil { get; private set; }

    /// <summary>The story that this one corrects.</summary>
    public int? ReplacesStoryId { get; private set; }

    /// <summary>Topics that it is about.</summary>
    public List<int> TopicIds { get; private set; } = [];

    /// <summary>SHA-256 of what was approved, in lower-case hexadecimal: shows later which text it was. Empty before approval.</summary>
    public string? PublicHash { get; private set; }

    public DateTime? ArchivedAt { get; private set; }

    public List<StoryVersion> Versions { get; private set; } = [];

    public List<StoryAsset> Assets { get; private set; } = [];

    /// <summary>True from the approval on: the text is what people agreed to.</summary>
    public bool IsApproved => Status is StoryStatus.Approved or StoryStatus.Public;

    public static Story Create(StoryChanges changes)
    {
        ArgumentNullException.ThrowIfNull(changes);
        var story = new Story(changes.Title.Required("title"), changes.Kind.Or(StoryKind.Release)) { Status = changes.Status.Or(StoryStatus.Draft) };
        story.Apply(changes);
        return story;
    }

    public void Apply(StoryChanges changes)
    {
        ArgumentNullException.ThrowIfNull(changes);
        MoveTo(changes.Status.Or(Status));
        ClientId = changes.ClientId.Or(ClientId);
        CampaignId = changes.CampaignId.Or(CampaignId);
        Title = changes.Title.Or(Title);
        Angle = changes.Angle.Or(Angle);
        Kind = changes.Kind.Or(Kind);
        EmbargoUntil = Check.Utc(changes.EmbargoUntil.Or(EmbargoUntil));
        ExclusiveOutletId = changes.ExclusiveOutletId.Or(ExclusiveOutletId);
        ExclusiveUntil = Check.Utc(changes.ExclusiveUntil.Or(ExclusiveUntil));
        ReplacesStoryId = changes.ReplacesStoryId.Or(ReplacesStoryId);
        TopicIds = ValueLists.Ids(changes.TopicIds.Or(TopicIds), "topicIds");
        if (ReplacesStoryId is not null && ReplacesStoryId == Id)
        {
            throw new RuleViolation("ownParent", "A story cannot replace itself.", "replacesStoryId");
        }
    }

    /// <summary>Keeps the hash in step with the text while the story is approved; its versions must be loaded.</summary>
    internal void Seal() => PublicHash = IsApproved ? HashOf(Title, Versions) : Status == StoryStatus.Withdrawn ? PublicHash : null;

    internal void BelongTo(int? clientId) => ClientId = clientId;

    public void Archive(DateTime now) => ArchivedAt = now;

    public void Restore() => ArchivedAt = null;

    internal static string HashOf(string title, IEnumerable<StoryVersion> versions)
    {
        // U+001F stands between the parts, which hold no control characters of that kind: no two texts give one input.
        var text = new StringBuilder(title);
        foreach (var version in versions.OrderBy(v => v.Language, StringComparer.Ordinal))
        {
            text.Append('\u001f').Append(version.Language).Append('\u001f').Append(version.Title).Append('\u001f').Append(version.Body);
        }

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }

    private void MoveTo(StoryStatus status)
    {
        // What was public stays known: it can only be withdrawn, or replaced by another story.
        if (status != Status && (Status == StoryStatus.Withdrawn || (Status == StoryStatus.Public && status != StoryStatus.Withdrawn)))
        {
            throw new Conflict("wrongState", $"The story is {Words.Camel(Status.ToString())}; it cannot become {Words.Camel(status.ToString())}.", "status");
        }

        Status = status;
    }
}
