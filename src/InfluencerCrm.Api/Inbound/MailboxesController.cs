using InfluencerCrm.Api.OData;
using InfluencerCrm.Core.Inbound.Mailboxes;

namespace InfluencerCrm.Api.Inbound;

/// <summary>Folders of the mail account that the product works on: how far it got, and what keeps it from going on. For admins.</summary>
public sealed class MailboxesController : ReadController<Mailbox>;
