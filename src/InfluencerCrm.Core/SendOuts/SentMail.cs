using InfluencerCrm.Core.Interactions;

namespace InfluencerCrm.Core.SendOuts;

/// <summary>The history's entry of a message that left.</summary>
internal static class SentMail
{
    /// <summary>
    /// A pitch is what asks for coverage, teaser and follow-up included: these weigh on the person. Invitations, statements, corrections
    /// and notices inform, so they are plain e-mails.
    /// </summary>
    public static InteractionKind KindOf(SendOutPurpose purpose) => purpose switch
    {
        SendOutPurpose.Pitch or SendOutPurpose.Release or SendOutPurpose.EmbargoTeaser or SendOutPurpose.EmbargoContent or SendOutPurpose.FollowUp => InteractionKind.Pitch,
        _ => InteractionKind.Email,
    };

    /// <param name="loggedBy">Who says that it left; null: the server did.</param>
    public static Interaction InHistory(Message message, SendOut sendOut, int person, DateTime at, string? subject, int? loggedBy)
    {
        var entry = Interaction.Create(new()
        {
            InfluencerId = person,
            Kind = KindOf(sendOut.Purpose),
            Status = InteractionStatus.Done,
            Direction = InteractionDirection.Outbound,
            Channel = message.Channel == MessageChannel.Email ? "email" : "manual",
            OccurredAt = at,
            Subject = subject,
        }).About(message.ClientId, message.CampaignId, sendOut.StoryId, sendOut.Id, message.Id);
        entry.Log(at, loggedBy);
        return entry;
    }
}
