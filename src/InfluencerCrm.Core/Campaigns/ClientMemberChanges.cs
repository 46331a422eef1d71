using InfluencerCrm.Core.Data;

namespace InfluencerCrm.Core.Campaigns;

/// <summary>What may be sent for a member of a client's team.</summary>
public sealed record ClientMemberChanges
{
    public Optional<int> UserId { get; init; }

    public Optional<ClientMemberRole> Role { get; init; }
}
