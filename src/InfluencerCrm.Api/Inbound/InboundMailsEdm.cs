using InfluencerCrm.Api.OData;
using InfluencerCrm.Core.Inbound;
using InfluencerCrm.Core.Inbound.Mailboxes;

namespace InfluencerCrm.Api.Inbound;

internal sealed class InboundMailsEdm : IEdmPart
{
    public void Describe(EdmBuilder edm)
    {
        edm.Set<InboundMail>("inboundMails", m => new
        {
            m.Kind, m.State, m.Problem, m.DueAt, m.ReceivedAt, m.WrittenAt, m.FromAddress, m.Subject, m.ReplyText, m.Action, m.BounceType, m.Recipient,
            m.StatusCode, m.Reason, m.AwayUntil, m.MessageId, m.InfluencerId, m.ClientId, m.CampaignId, m.ResolvedAt, m.ResolvedById, m.LoggedById, m.AlsoTo,
        })
        .Action("resolve");
        edm.Set<Mailbox>("mailboxes", m => new { m.Account, m.Folder, m.TakesSince, m.LastUid, m.LookedAt, m.Fault, m.FaultSince });
    }
}
