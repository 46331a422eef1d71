namespace InfluencerCrm.Core.Imports.Mapping;

/// <param name="Value">As written, trimmed.</param>
/// <param name="Key">See <see cref="Influencers.AddressKey"/>.</param>
/// <param name="IsShared">See <see cref="Influencers.RoleAddress"/>.</param>
public sealed record PersonEmail(string Value, string Key, bool IsShared);
