using InfluencerCrm.Core.Data;

namespace InfluencerCrm.Core.SendOuts;

/// <summary>What may be sent for a file of a send-out.</summary>
public sealed record SendOutAssetChanges
{
    public Optional<int> StoryAssetId { get; init; }
}
