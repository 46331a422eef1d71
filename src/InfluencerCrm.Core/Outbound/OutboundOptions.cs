namespace InfluencerCrm.Core.Outbound;

/// <summary>Requests that the product makes to addresses which people or other tools gave it.</summary>
public sealed record OutboundOptions
{
    public const string Section = "Outbound";

    /// <summary>Lets such requests reach this machine and private networks: for an intranet, where whoever may enter an address may reach it anyway.</summary>
    public bool AllowPrivateNetworks { get; init; }
}
