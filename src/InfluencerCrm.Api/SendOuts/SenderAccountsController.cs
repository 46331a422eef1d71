using InfluencerCrm.Api.OData;
using InfluencerCrm.Core.SendOuts;

namespace InfluencerCrm.Api.SendOuts;

/// <summary>The mailboxes mails leave from, with their limits; secrets are write-only.</summary>
public sealed class SenderAccountsController : WriteController<SenderAccount, SenderAccountChanges>;
