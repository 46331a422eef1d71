using InfluencerCrm.Core.Access;
using InfluencerCrm.Core.Data;
using InfluencerCrm.Core.Influencers;

namespace InfluencerCrm.Core.MediaLists;

/// <summary>A person on a list, with what is said to them alone. On a dynamic list it only adds the angle and the line to a person the filter finds.</summary>
[Access(Right.WriteContacts)]
[SeenWith(typeof(MediaList), nameof(MediaListId))]
public sealed class MediaListMember : Entity, IPart, IWritable<MediaListMember, MediaListMemberChanges>
{
    private MediaListMember()
    {
    }

    public MediaListMember(int influencerId, DateTime addedAt)
    {
        InfluencerId = influencerId;
        AddedAt = addedAt;
    }

    public int MediaListId { get; private set; }

    public int InfluencerId { get; private set; }

    public Influencer? Influencer { get; private set; }

    /// <summary>Why the story matters to this person.</summary>
    public string? Angle { get; private set; }

    /// <summary>A first line of the mail for this person only.</summary>
    public string? PersonalLine { get; private set; }

    /// <summary>Why this person was chosen.</summary>
    public string? Reason { get; private set; }

    /// <summary>When the person was put on the list.</summary>
    public DateTime AddedAt { get; private set; }

    public static MediaListMember Create(MediaListMemberChanges changes)
    {
        ArgumentNullException.ThrowIfNull(changes);
        var member = new MediaListMember(changes.InfluencerId.Required("influencerId"), default);
        member.Apply(changes);
        return member;
    }

    public void Apply(MediaListMemberChanges changes)
    {
        ArgumentNullException.ThrowIfNull(changes);
        InfluencerId = changes.InfluencerId.Or(InfluencerId);
        Angle = changes.Angle.Or(Angle);
        PersonalLine = changes.PersonalLine.Or(PersonalLine);
        Reason = changes.Reason.Or(Reason);
    }

    internal void Added(DateTime now) => AddedAt = now;

    public void AttachTo(int ownerId) => MediaListId = ownerId;
}
