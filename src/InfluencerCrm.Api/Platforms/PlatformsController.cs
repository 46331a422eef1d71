using InfluencerCrm.Api.OData;
using InfluencerCrm.Core.Platforms;

namespace InfluencerCrm.Api.Platforms;

/// <summary>Social spaces, with their modes and life cycle.</summary>
public sealed class PlatformsController : WriteController<Platform, PlatformChanges>;

/// <summary>Accounts of people on platforms, measured over time.</summary>
public sealed class PresencesController : WriteController<Presence, PresenceChanges>;
