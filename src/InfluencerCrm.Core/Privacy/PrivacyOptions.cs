using System.ComponentModel.DataAnnotations;

namespace InfluencerCrm.Core.Privacy;

/// <summary>Section <c>Privacy</c>.</summary>
public sealed record PrivacyOptions
{
    /// <summary>Base64 of 32 bytes or more; empty: the key is made at the first start and kept, encrypted, in the database. Changing it forgets erased people's oppositions.</summary>
    [RegularExpression("^[A-Za-z0-9+/]{43,}={0,2}$", ErrorMessage = "Privacy__AddressHashKey must be base64 of at least 32 bytes.")]
    public string? AddressHashKey { get; init; }
}
