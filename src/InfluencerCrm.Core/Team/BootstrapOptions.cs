using System.ComponentModel.DataAnnotations;

namespace InfluencerCrm.Core.Team;

/// <summary>Section <c>Bootstrap</c>: the first user, for starts without a person at the console. Without effect once there is a user.</summary>
public sealed record BootstrapOptions : IValidatableObject
{
    [EmailAddress(ErrorMessage = "Bootstrap__AdminEmail must be an e-mail address.")]
    public string? AdminEmail { get; init; }

    [StringLength(200, MinimumLength = 8, ErrorMessage = "Bootstrap__AdminPassword must have 8 to 200 characters.")]
    public string? AdminPassword { get; init; }

    /// <summary>Taken as the whole key.</summary>
    [StringLength(400, MinimumLength = 32, ErrorMessage = "Bootstrap__ApiKey must have 32 characters or more.")]
    public string? ApiKey { get; init; }

    public bool IsGiven => AdminEmail is not null || AdminPassword is not null || ApiKey is not null;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (IsGiven && AdminEmail is null)
        {
            yield return new ValidationResult("Bootstrap__AdminEmail must be given with Bootstrap__AdminPassword and Bootstrap__ApiKey: they belong to that user.", [nameof(AdminEmail)]);
        }

        if (AdminEmail is not null && AdminPassword is null && ApiKey is null)
        {
            yield return new ValidationResult("Bootstrap__AdminPassword must be given with Bootstrap__AdminEmail.", [nameof(AdminPassword)]);
        }
    }
}
