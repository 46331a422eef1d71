namespace InfluencerCrm.Core.Access;

/// <summary>Single rights; a role and an API key's scopes each grant a set, the actor has what both allow.</summary>
[Flags]
public enum Right
{
    None = 0,
    Read = 1,

    /// <summary>Write people, interactions, coverage, requests, lists, tasks and imports; pause and stop send-outs.</summary>
    WriteContacts = 2,

    /// <summary>Write campaigns, stories and send-outs.</summary>
    WritePlans = 4,

    /// <summary>Let mail leave: sendTest, schedule, resume, markSent, sendAgain.</summary>
    Send = 8,

    /// <summary>Users, keys, audit, webhooks, sender accounts, erasure, lifting a suppression.</summary>
    Administer = 16,

    All = Read | WriteContacts | WritePlans | Send | Administer,
}
