using InfluencerCrm.Core.Interactions;
using InfluencerCrm.Core.SendOuts;

namespace InfluencerCrm.Core.Inbound;

/// <summary>The history's entry of a person's answer.</summary>
internal static class ReceivedReply
{
    /// <param name="said">Who answered, when, how and in which words.</param>
    /// <param name="message">What was answered, with its send-out; null: no message of ours is known.</param>
    public static Interaction InHistory(InteractionChanges said, Message? message, DateTime now)
    {
        // The message's own entry is the pitch; this one is found by the send-out and the person.
        var entry = Interaction.Create(said with { Kind = InteractionKind.Reply, Status = InteractionStatus.Done, Direction = InteractionDirection.Inbound })
            .About(message?.ClientId, message?.CampaignId, message?.SendOut?.StoryId, message?.SendOutId, null);
        entry.Log(now, null);
        return entry;
    }
}
