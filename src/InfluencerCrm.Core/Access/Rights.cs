namespace InfluencerCrm.Core.Access;

/// <summary>The one table of who may what.</summary>
public static class Rights
{
    public static Right Of(Role role) => role switch
    {
        Role.Reader => Right.Read,
        Role.Assistant => Right.Read | Right.WriteContacts,
        Role.PrOfficer => Right.Read | Right.WriteContacts | Right.WritePlans | Right.Send,
        Role.Admin => Right.All,
        _ => Right.None,
    };

    public static Right Of(KeyScopes scopes) =>
        (scopes.HasFlag(KeyScopes.Read) ? Right.Read : 0)
        | (scopes.HasFlag(KeyScopes.Write) ? Right.WriteContacts | Right.WritePlans : 0)
        | (scopes.HasFlag(KeyScopes.Send) ? Right.Send : 0)
        | (scopes.HasFlag(KeyScopes.Admin) ? Right.Administer : 0);
}
