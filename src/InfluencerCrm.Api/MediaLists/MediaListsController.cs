using InfluencerCrm.Api.OData;
using InfluencerCrm.Core.MediaLists;

namespace InfluencerCrm.Api.MediaLists;

/// <summary>Chosen people: by hand, or by a saved filter.</summary>
public sealed class MediaListsController : ArchivableController<MediaList, MediaListChanges>;
