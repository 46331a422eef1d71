using InfluencerCrm.Api.OData;
using InfluencerCrm.Core.Outlets;

namespace InfluencerCrm.Api.Outlets;

/// <summary>Newspapers, magazines, agencies, sites, blogs, podcasts, newsletters, stations, channels, institutions, and units inside them.</summary>
public sealed class OutletsController : WriteController<Outlet, OutletChanges>;

/// <summary>Dated roles of people at outlets.</summary>
public sealed class AffiliationsController : WriteController<Affiliation, AffiliationChanges>;
