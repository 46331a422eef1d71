using InfluencerCrm.Api.OData;
using InfluencerCrm.Core.SendOuts;

namespace InfluencerCrm.Api.SendOuts;

/// <summary>One mail, or manual task, to one person, with its state and the server's answer.</summary>
public sealed partial class MessagesController : ReadController<Message>;

/// <summary>The mailboxes mails leave from, with their limits; secrets are write-only.</summary>
public sealed class SenderAccountsController : WriteController<SenderAccount, SenderAccountChanges>;
