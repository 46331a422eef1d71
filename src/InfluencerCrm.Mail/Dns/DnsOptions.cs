using System.ComponentModel.DataAnnotations;
using System.Net;
using System.Net.Sockets;

namespace InfluencerCrm.Mail.Dns;

/// <summary>Section <c>Mail:Dns</c>: who is asked about the sender's domain before a send-out.</summary>
public sealed record DnsOptions
{
    private const int DefaultPort = 53;

    /// <summary>Addresses of resolvers, such as <c>10.0.0.53,127.0.0.1:5353</c>, with commas between, in the order in which they are asked. Empty: those of the system.</summary>
    public string Servers { get; init; } = "";

    /// <summary>Seconds to wait for one resolver's answer; a single one is asked twice. A whole check takes five times as long at most, and never more than ten seconds.</summary>
    [Range(1, 10)]
    public int TimeoutSeconds { get; init; } = 2;

    // A number alone is an address to the parser: 53 is 0.0.0.53.
    internal bool HasValidServers => List.All(s => IPEndPoint.TryParse(s, out var server) && (server.AddressFamily == AddressFamily.InterNetworkV6 || s.Count(c => c == '.') == 3));

    internal IReadOnlyList<IPEndPoint> Endpoints => [.. List.Select(IPEndPoint.Parse).Select(e => e.Port == 0 ? new IPEndPoint(e.Address, DefaultPort) : e)];

    private string[] List => Servers.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
}
