using InfluencerCrm.Api.OData;
using InfluencerCrm.Core.Watch;

namespace InfluencerCrm.Api.Watch;

/// <summary>Feeds of outlets and people that are to be read.</summary>
public sealed class FeedsController : WriteController<Feed, FeedChanges>;

/// <summary>Words and topics to look out for in what is published.</summary>
public sealed class WatchesController : WriteController<MediaWatch, MediaWatchChanges>;
