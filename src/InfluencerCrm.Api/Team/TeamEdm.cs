using InfluencerCrm.Api.OData;
using InfluencerCrm.Core.Team;

namespace InfluencerCrm.Api.Team;

internal sealed class TeamEdm : IEdmPart
{
    public void Describe(EdmBuilder edm)
    {
        edm.Set<User>("users", u => new { u.DisplayName, u.Email, u.Role, u.Active }).Action("rotateLoggingAddress");
        edm.Set<ApiKey>("apiKeys", k => new { k.UserId, k.Name, k.Prefix, k.Scopes, k.ExpiresAt, k.RevokedAt, k.LastUsedAt });
    }
}
