namespace InfluencerCrm.Core.Access;

/// <summary>What a user of the team is trusted with. Each role can do what the ones before it can.</summary>
public enum Role
{
    /// <summary>Reads only, for example a client's access.</summary>
    Reader,

    /// <summary>Also writes people, interactions, coverage, requests, lists, tasks and imports.</summary>
    Assistant,

    /// <summary>Also campaigns, stories and send-outs, and sends.</summary>
    PrOfficer,

    /// <summary>Also users, keys, audit, webhooks, sender accounts, erasure, lifting a suppression.</summary>
    Admin,
}
