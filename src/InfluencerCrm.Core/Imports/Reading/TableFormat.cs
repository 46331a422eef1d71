namespace InfluencerCrm.Core.Imports.Reading;

/// <summary>How a contact file writes its table.</summary>
public enum TableFormat
{
    Csv,
    Xlsx,
}
