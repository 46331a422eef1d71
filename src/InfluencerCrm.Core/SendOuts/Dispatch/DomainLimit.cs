using System.Collections.Frozen;

namespace InfluencerCrm.Core.SendOuts.Dispatch;

/// <summary>How gently the mailboxes of one domain are written to, whatever the plan of a send-out says.</summary>
public sealed record DomainLimit
{
    /// <summary>Mails in flight to it at once, for each host; null: as many as there are connections.</summary>
    public int? Connections { get; init; }

    /// <summary>Mails a minute, all hosts together; null: no limit.</summary>
    public int? PerMinute { get; init; }

    /// <summary>
    /// Mailbox providers that are known to put off or block senders who come too fast. None publishes a figure for senders it does not know;
    /// these are what small senders go by without being put off, and a list of journalists rarely comes near them.
    /// </summary>
    internal static readonly FrozenDictionary<string, DomainLimit> Presets = new Dictionary<string, DomainLimit>
    {
        ["gmail.com"] = new() { Connections = 4, PerMinute = 240 },
        ["googlemail.com"] = new() { Connections = 4, PerMinute = 240 },
        ["outlook.com"] = new() { Connections = 4, PerMinute = 120 },
        ["hotmail.com"] = new() { Connections = 4, PerMinute = 120 },
        ["hotmail.fr"] = new() { Connections = 4, PerMinute = 120 },
        ["live.com"] = new() { Connections = 4, PerMinute = 120 },
        ["yahoo.com"] = new() { Connections = 3, PerMinute = 120 },
        ["yahoo.fr"] = new() { Connections = 3, PerMinute = 120 },
        ["aol.com"] = new() { Connections = 3, PerMinute = 120 },
        ["icloud.com"] = new() { Connections = 3, PerMinute = 120 },
        ["orange.fr"] = new() { Connections = 2, PerMinute = 60 },
        ["wanadoo.fr"] = new() { Connections = 2, PerMinute = 60 },
        ["free.fr"] = new() { Connections = 2, PerMinute = 60 },
        ["sfr.fr"] = new() { Connections = 2, PerMinute = 60 },
        ["laposte.net"] = new() { Connections = 2, PerMinute = 60 },
        ["gmx.de"] = new() { Connections = 2, PerMinute = 60 },
        ["gmx.net"] = new() { Connections = 2, PerMinute = 60 },
        ["web.de"] = new() { Connections = 2, PerMinute = 60 },
        ["t-online.de"] = new() { Connections = 2, PerMinute = 60 },
    }.ToFrozenDictionary();
}
