using InfluencerCrm.Core.Access;
using InfluencerCrm.Core.Data;

namespace InfluencerCrm.Core.Team;

/// <summary>What may be sent for a user.</summary>
public sealed record UserChanges
{
    public Optional<string> DisplayName { get; init; }

    public Optional<string> Email { get; init; }

    public Optional<Role> Role { get; init; }

    public Optional<bool> Active { get; init; }

    /// <summary>Write-only; null: the user cannot sign in with a password.</summary>
    public Optional<string?> Password { get; init; }
}
