using InfluencerCrm.Api.OData;
using InfluencerCrm.Core.Requests;

namespace InfluencerCrm.Api.Requests;

/// <summary>What journalists ask us, by a deadline.</summary>
public sealed class RequestsController : WriteController<PressRequest, PressRequestChanges>;
