namespace InfluencerCrm.Core.Imports.Reading;

/// <summary>How a contact file writes its table.</summary>
public enum TableFormat
{
    Csv,
    Xlsx,

    /// <summary>vCard 2.1, 3.0 (RFC 2426) and 4.0 (RFC 6350).</summary>
    Vcard,

    /// <summary>Lists of feeds, OPML 1.0 and 2.0.</summary>
    Opml,
}
