using InfluencerCrm.Core.Errors;

namespace InfluencerCrm.Core.Changes;

/// <summary>The changes that were asked for are no longer kept, or no longer tell the whole story: the set must be read anew (410).</summary>
public sealed class ChangesGone(string message) : CrmError("changesGone", message + " Read the set anew, with Prefer: odata.track-changes.");
