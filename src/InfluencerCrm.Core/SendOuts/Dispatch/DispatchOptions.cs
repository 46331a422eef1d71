namespace InfluencerCrm.Core.SendOuts.Dispatch;

/// <summary>Section <c>SendOuts</c>: how long a host may hold a message, and how gently it treats the servers of recipients.</summary>
public sealed record DispatchOptions
{
    public const string Section = "SendOuts";

    /// <summary>
    /// How long a claimed message belongs to its host, and with that how long the messages of a host that died wait for another one. A mail
    /// server has eleven fifteenths of it to take a message, so that no host is still at work on one that another may touch: servers may take
    /// ten minutes for their last answer (RFC 5321), and a shorter lease gives up on slow ones.
    /// </summary>
    public TimeSpan Lease { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>After this a connection is cut, whatever it waits for: eleven minutes of a lease of fifteen.</summary>
    public TimeSpan MessageLimit => Lease * 11 / 15;

    /// <summary>False takes this machine's clock for the database's: for a clock that is set by hand.</summary>
    public bool CompareClocks { get; init; } = true;

    /// <summary>By domain, instead of what is known of it; <c>*</c> stands for every domain that is not named.</summary>
    public Dictionary<string, DomainLimit> Domains { get; init; } = [];

    public DomainLimit? LimitOf(string domain) =>
        Domains.GetValueOrDefault(domain) ?? DomainLimit.Presets.GetValueOrDefault(domain) ?? Domains.GetValueOrDefault("*");

    public bool HasValidDomains => Domains.Values.All(d => d.Connections is null or >= 1 && d.PerMinute is null or >= 1);

    public bool IsValid => Lease >= TimeSpan.FromSeconds(5) && Lease <= TimeSpan.FromHours(1);
}
