using System.Text.RegularExpressions;
using DnsClient;

namespace InfluencerCrm.Mail.Dns;

/// <summary>Reads TXT records, over TCP where an answer is too long for a datagram.</summary>
internal sealed partial class TextRecords(DnsOptions options)
{
    private const int MaxName = 253;

    /// <summary>A failure to find the system's name servers is not kept: they may be there at the next question.</summary>
    private readonly Lazy<LookupClient> client = new(() => Create(options), LazyThreadSafetyMode.PublicationOnly);

    /// <summary>The texts under the name, each whole; empty where there is none.</summary>
    /// <exception cref="DnsFault">Nobody knows.</exception>
    public async Task<IReadOnlyList<string>> ReadAsync(string name, CancellationToken ct)
    {
        // Names come out of other people's records too; what cannot be a name has no records.
        if (name.Length > MaxName || !NamePattern().IsMatch(name)) return [];
        var resolver = Resolver();
        try
        {
            var answer = await resolver.QueryAsync(new DnsQuestion(name, QueryType.TXT), ct).WaitAsync(ct);
            if (!IsAbout(answer, name)) throw new DnsFault($"The name server answered another question than {name}.");
            return answer.Header.ResponseCode switch
            {
                DnsHeaderResponseCode.NoError => [.. answer.Answers.TxtRecords().Select(r => string.Concat(r.Text))],
                DnsHeaderResponseCode.NotExistentDomain => [],
                var code => throw new DnsFault($"The name server could not answer for {name} ({code})."),
            };
        }
        catch (DnsResponseException e)
        {
            // The library wraps the end of our patience as its own fault.
            ct.ThrowIfCancellationRequested();
            throw new DnsFault(
                e.Code == DnsResponseCode.ConnectionTimeout ? $"No name server answered for {name}." : $"The name server's answer for {name} cannot be read, or the connection to it failed.", e);
        }
        catch (Exception e) when (e is DnsXidMismatchException or DnsResponseParseException or InvalidOperationException or ArgumentException or IOException)
        {
            // ArgumentException: the library decodes punycode, also where it stands for nothing.
            throw new DnsFault($"The name server's answer for {name} cannot be read.", e);
        }
    }

    private LookupClient Resolver()
    {
        try
        {
            if (client.Value.NameServers.Count > 0) return client.Value;
        }
        catch (Exception e) when (e is InvalidOperationException or ArgumentException or IOException)
        {
            throw new DnsFault("No name server is known.", e);
        }

        throw new DnsFault("No name server is known.");
    }

    /// <summary>The library compares numbers only, and an answer about another name would look like a missing record.</summary>
    private static bool IsAbout(IDnsQueryResponse answer, string name) =>
        answer.Questions.Count == 1 && answer.Questions[0].QueryName.Original.TrimEnd('.').Equals(name.TrimEnd('.'), StringComparison.OrdinalIgnoreCase);

    private static LookupClient Create(DnsOptions options)
    {
        var settings = options.Endpoints is { Count: > 0 } servers ? new LookupClientOptions([.. servers]) : new LookupClientOptions();
        settings.Timeout = TimeSpan.FromSeconds(options.TimeoutSeconds);
        settings.UseRandomNameServer = false;

        // A datagram may be lost; where there is another server, that one is asked instead.
        settings.Retries = options.Endpoints.Count > 1 ? 0 : 1;
        settings.ThrowDnsErrors = false;

        // Who mends a record wants to see it; how long an answer is kept is for the check to say.
        settings.UseCache = false;
        return new LookupClient(settings);
    }

    [GeneratedRegex(@"\A([A-Za-z0-9_-]{1,63}\.)+[A-Za-z0-9_-]{1,63}\.?\z", RegexOptions.CultureInvariant)]
    private static partial Regex NamePattern();
}
