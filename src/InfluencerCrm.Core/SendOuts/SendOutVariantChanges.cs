using InfluencerCrm.Core.Data;
using InfluencerCrm.Core.Influencers;

namespace InfluencerCrm.Core.SendOuts;

/// <summary>What may be sent for a variant of a send-out.</summary>
public sealed record SendOutVariantChanges
{
    /// <summary>BCP 47.</summary>
    public Optional<string?> Language { get; init; }

    public Optional<Formality?> Formality { get; init; }

    public Optional<string> SubjectTemplate { get; init; }

    public Optional<string> BodyTemplate { get; init; }
}
