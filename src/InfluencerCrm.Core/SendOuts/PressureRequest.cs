namespace InfluencerCrm.Core.SendOuts;

/// <summary>How to treat people under contact pressure.</summary>
public abstract record PressureRequest
{
    /// <summary>Writes also to people who were approached for this client in the last thirty days; takes a reason.</summary>
    public bool OverridePressure { get; init; }

    /// <summary>Why; kept in the audit.</summary>
    public string? OverrideReason { get; init; }
}
