using InfluencerCrm.Api.OData;
using InfluencerCrm.Core.SendOuts;

namespace InfluencerCrm.Api.SendOuts;

internal sealed class SendOutsEdm : IEdmPart
{
    public void Describe(EdmBuilder edm)
    {
        edm.Set<SendOut>("sendOuts", s => new
        {
            s.Name, s.ClientId, s.CampaignId, s.StoryId, s.MediaListId, s.Purpose, s.SubjectTemplate, s.BodyTemplate, s.AssetMode, s.SenderAccountId,
            s.FromName, s.FromAddress, s.ReplyTo, s.ScheduledAt, s.Timing, s.LocalTimeOfDay, s.MessagesPerMinute, s.FollowUpOfId, s.FollowUpAfterDays,
            s.WindowFrom, s.WindowUntil, s.QuietDays, s.AnyTime, s.WhenAway, s.Status, s.PauseReason, s.StoppedAt, s.StoppedById, s.StopReason,
        })
        .Contains(s => new { s.Variants, s.Assets })
        .Links(s => new { s.Client, s.Campaign, s.Story, s.MediaList, s.Messages })
        .Action("restore")
        .Action("check")
        .Action("preview")
        .Action("sendTest")
        .Action("schedule")
        .Action("reschedule")
        .Action("pause")
        .Action("resume")
        .Action("cancel")
        .Action("liftStop")
        .Action("sendToAdded")
        .Action("correct")
        .Function("progress");
        edm.Type<SendOutVariant>(v => new { v.Language, v.Formality, v.SubjectTemplate, v.BodyTemplate });
        edm.Type<SendOutAsset>(a => new { a.StoryAssetId }).Links(a => new { a.StoryAsset });
        edm.Set<Message>("messages", m => new
        {
            m.SendOutId, m.InfluencerId, m.Channel, m.ToAddress, m.Language, m.Subject, m.Status, m.SkipReason, m.DueAt, m.Attempts, m.LastResponse,
            m.InternetMessageId, m.SentAt, m.BouncedAt, m.RepliedAt,
        })
        .Links(m => new { m.SendOut, m.Influencer })
        .Action("markSent")
        .Action("sendAgain")
        .Function("content");
        edm.Set<SenderAccount>("senderAccounts", a => new
        {
            a.Name, a.FromName, a.FromAddress, a.ClientIds, a.UserIds, a.PerMinute, a.PerDay, a.State, a.StateReason, a.Provider, a.Host, a.Port, a.Security,
            a.MaxConnections, a.UserName, a.OauthTokenEndpoint, a.OauthClientId, a.OauthScope,
        });
    }
}
