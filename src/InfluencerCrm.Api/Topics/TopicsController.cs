using InfluencerCrm.Api.OData;
using InfluencerCrm.Core.Topics;

namespace InfluencerCrm.Api.Topics;

/// <summary>The tree of subjects.</summary>
public sealed class TopicsController : WriteController<Topic, TopicChanges>;
