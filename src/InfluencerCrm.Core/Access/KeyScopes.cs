namespace InfluencerCrm.Core.Access;

/// <summary>What an API key may be used for, at most; its user's role limits it further.</summary>
[Flags]
public enum KeyScopes
{
    None = 0,
    Read = 1,
    Write = 2,
    Send = 4,
    Admin = 8,
    All = Read | Write | Send | Admin,
}
