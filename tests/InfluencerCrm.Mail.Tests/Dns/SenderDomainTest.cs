using System.Security.Cryptography;
using InfluencerCrm.Core.SendOuts;
using InfluencerCrm.TestKit.Dns;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace InfluencerCrm.Mail.Tests.Dns;

/// <summary>A name server of the test's own with a domain of which receivers have no complaint.</summary>
public abstract class SenderDomainTest : IAsyncDisposable
{
    protected const string Domain = "agency.example";

    private readonly List<string> files = [];

    protected SenderDomainTest()
    {
        Dns.Text(Domain, "site-verification=1", "v=spf1 include:_spf.provider.example ip4:192.0.2.1 ~all")
            .Text("_spf.provider.example", "v=spf1 ip4:192.0.2.0/24 -all")
            .Text($"_dmarc.{Domain}", "v=DMARC1; p=quarantine; rua=mailto:dmarc@agency.example");
    }

    protected ScriptedDnsServer Dns { get; } = new();

    protected static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <param name="domains">What the mail shows; null: the domain in all places.</param>
    /// <param name="more">Settings on top of SMTP and the name server.</param>
    protected async Task<IReadOnlyList<SenderDomainWarning>> CheckAsync(SenderDomains? domains = null, params (string Key, string Value)[] more)
    {
        await using var services = Services(null, more);
        return await services.GetRequiredService<ISenderDomainCheck>().ExecuteAsync(domains ?? Of(Domain), Ct);
    }

    protected async Task<IEnumerable<string>> CodesAsync(SenderDomains? domains = null, params (string Key, string Value)[] more) =>
        (await CheckAsync(domains, more)).Select(w => w.Code);

    private protected ServiceProvider Services(TimeProvider? clock, params (string Key, string Value)[] more) =>
        MailServices.Smtp(25, clock, [.. more, .. Dns.Settings.Select(s => (s.Key, s.Value!))]);

    protected static SenderDomains Of(string domain) => new(domain, domain, domain);

    /// <summary>Settings that sign with a new key, and the key.</summary>
    protected ((string Key, string Value)[] Settings, RSA Key) Signing(string domain = Domain)
    {
        var rsa = RSA.Create(2048);
        return ([("Mail:Dkim:Domain", domain), ("Mail:Dkim:Selector", "crm"), ("Mail:Dkim:PrivateKeyPath", FileOf(rsa.ExportPkcs8PrivateKeyPem()))], rsa);
    }

    protected string FileOf(string text)
    {
        var path = Path.GetTempFileName();
        File.WriteAllText(path, text);
        files.Add(path);
        return path;
    }

    protected static string Record(RSA key) => $"v=DKIM1; k=rsa; p={Convert.ToBase64String(key.ExportSubjectPublicKeyInfo())}";

    public async ValueTask DisposeAsync()
    {
        foreach (var file in files) File.Delete(file);
        await Dns.DisposeAsync();
        GC.SuppressFinalize(this);
    }
}
