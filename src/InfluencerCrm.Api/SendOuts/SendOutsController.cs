using InfluencerCrm.Api.OData;
using InfluencerCrm.Core.SendOuts;

namespace InfluencerCrm.Api.SendOuts;

/// <summary>Mailings of a story to a list, for a purpose.</summary>
public sealed partial class SendOutsController : ArchivableController<SendOut, SendOutChanges>;
