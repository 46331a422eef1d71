using InfluencerCrm.Core.SendOuts;
using InfluencerCrm.TestKit.Dns;
using Org.BouncyCastle.Crypto.Generators;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.OpenSsl;
using Org.BouncyCastle.Security;
using Xunit;

namespace InfluencerCrm.Mail.Tests.Dns;

public sealed class SenderDomainRecordTests : SenderDomainTest
{
    [Fact]
    public async Task ADomainInOrder_HasNoWarnings()
    {
        var (settings, key) = Signing();
        Dns.Text($"crm._domainkey.{Domain}", Record(key));

        Assert.Empty(await CheckAsync(null, settings));
        Assert.Contains($"crm._domainkey.{Domain}", Dns.Questions);
    }

    [Fact]
    public async Task ADomainThatDoesNotExist_HasNeitherSpfNorDmarc() =>
        Assert.Equal(["spfMissing", "dmarcMissing"], await CodesAsync(Of("nowhere.example")));

    [Theory]
    [InlineData("spfMissing")]
    [InlineData("spfMissing", "v=spf10 +all")]
    [InlineData("spfSeveral", "v=spf1 -all", "V=SPF1 ip4:192.0.2.1 -all")]
    [InlineData("spfAllowsAll", "v=spf1 ip4:192.0.2.1 +all")]
    [InlineData("spfAllowsAll", "v=spf1 all")]
    [InlineData("spfAllowsAll", "v=spf1 include:open.example -all")]
    [InlineData("spfAllowsAll", "v=spf1 redirect=open.example")]
    [InlineData(null, "v=spf1 ?include:open.example -all")]
    [InlineData(null, "v=spf1 -all redirect=open.example")]
    [InlineData(null, "v=spf1 ip4:192.0.2.1 ?all")]
    [InlineData(null, "v=spf1 exists:%{i}.list.example include:%{d}.example ~all unknown=1")]
    [InlineData("spfInvalid", "v=spf1 include:nowhere.example -all")]
    [InlineData("spfInvalid", "v=spf1 include:twice.example -all")]
    [InlineData("spfInvalid", "v=spf1 include:a..b -all")]
    [InlineData("spfInvalid", "v=spf1 include: -all")]
    [InlineData("spfInvalid", "v=spf1 ipv4:192.0.2.1 -all")]
    [InlineData("spfInvalid", "v=spf1 ~ -all")]
    [InlineData("spfInvalid", "v=spf1 ip4:192.0.2 -all")]
    [InlineData("spfInvalid", "v=spf1 ip4:192.0.2.0/33 -all")]
    [InlineData("spfInvalid", "v=spf1 ip4:2001:db8::1 -all")]
    [InlineData("spfInvalid", "v=spf1 ip6:2001:db8::/129 -all")]
    [InlineData(null, "v=spf1 ip4:192.0.2.0/24 ip6:2001:db8::/32 ip6:2001:db8::1 -all")]
    [InlineData("spfAllowsAll", "v=spf1 ip4:0.0.0.0/0 -all")]
    [InlineData("spfAllowsAll", "v=spf1 ip6:::/0 -all")]
    [InlineData(null, "v=spf1 -ip4:0.0.0.0/0")]
    [InlineData("spfTooManyLookups", "v=spf1 a mx ptr a:1.example a:2.example a:3.example a:4.example a:5.example a:6.example a:7.example a:8.example -all")]
    [InlineData(null, "v=spf1 a mx ptr a:1.example a:2.example a:3.example a:4.example a:5.example a:6.example a:7.example -all a:8.example")]
    [InlineData("spfTooManyLookups", "v=spf1 include:agency.example -all")]
    [InlineData("spfTooManyLookups", "v=spf1 include:six.example include:six.example -all")]
    [InlineData(null, "v=spf1 include:six.example include:_spf.provider.example mx -all")]
    public async Task SpfRecords_AreReadAsReceiversReadThem(string? code, params string[] records)
    {
        Dns.Text(Domain, records).Text("open.example", "v=spf1 +all").Text("twice.example", "v=spf1 -all", "v=spf1 ~all")
            .Text("six.example", "v=spf1 a mx a:1.example a:2.example a:3.example a:4.example -all");

        Assert.Equal(code is null ? [] : [code], await CodesAsync());
    }

    [Fact]
    public async Task AHugeRecord_CostsNoMoreQuestionsThanAnyOther()
    {
        Dns.Text(Domain, "v=spf1 " + string.Join(' ', Enumerable.Range(0, 2500).Select(i => $"include:{i}.example")) + " -all").Reply(Domain, DnsReply.TruncatedOverUdp);

        Assert.Equal(["spfInvalid", "spfTooManyLookups"], await CodesAsync());
        Assert.Equal(10, Dns.Questions.Count(q => char.IsAsciiDigit(q[0])));
    }

    [Fact]
    public async Task RecordsThatIncludeEachOther_EndTheQuestions()
    {
        Dns.Text(Domain, "v=spf1 include:a.example include:b.example redirect=a.example").Text("a.example", "v=spf1 include:b.example redirect=b.example").Text("b.example", "v=spf1 include:a.example redirect=a.example");

        Assert.Equal(["spfTooManyLookups"], await CodesAsync());
        Assert.Equal(10, Dns.Questions.Count(q => q is "a.example" or "b.example"));
    }

    [Fact]
    public async Task WhatAWarningRepeats_IsShortAndPrintable()
    {
        Dns.Text(Domain, $"v=spf1 \a\n<b>{new string('x', 5000)} -all").Reply(Domain, DnsReply.TruncatedOverUdp);

        var warning = Assert.Single(await CheckAsync());

        Assert.Equal("spfInvalid", warning.Code);
        Assert.DoesNotContain(warning.Message, char.IsControl);
        Assert.True(warning.Message.Length < 500, warning.Message);
    }

    [Theory]
    [InlineData("dmarcMissing")]
    [InlineData("dmarcMissing", "v=spf1 -all")]
    [InlineData("dmarcMissing", "v=DMARC1; p=reject", "v=DMARC1; p=none")]
    [InlineData("dmarcNone", "v=DMARC1; p=none")]
    [InlineData("dmarcNone", "v=DMARC1; p=qurantine")]
    [InlineData("dmarcNone", "v=DMARC1;p = None ;rua=mailto:a@agency.example")]
    [InlineData("dmarcNone", "v=DMARC1; rua=mailto:a@agency.example")]
    [InlineData(null, "v=DMARC1; p=reject; sp=none")]
    [InlineData(null, "v=DMARC1; p=reject", "site-verification=2")]
    [InlineData(null, "v=DMARC1; p=reject; psd=y")]
    public async Task DmarcRecords_AreReadAsReceiversReadThem(string? code, params string[] records)
    {
        Dns.Text($"_dmarc.{Domain}", records);

        Assert.Equal(code is null ? [] : [code], await CodesAsync());
    }

    [Theory]
    [InlineData(null, "v=DMARC1; p=reject")]
    [InlineData("dmarcNone", "v=DMARC1; p=reject; sp=none")]
    [InlineData("dmarcMissing", "v=DMARC1; p=reject; psd=y")]
    public async Task ASubdomain_HasThePolicyOfItsOrganisation(string? code, string record)
    {
        Dns.Text($"press.{Domain}", "v=spf1 mx -all").Text($"_dmarc.{Domain}", record);

        Assert.Equal(code is null ? [] : [code], await CodesAsync(Of($"press.{Domain}")));
    }

    [Theory]
    [InlineData("agency.co.city.example", true)]
    [InlineData("mail.agency.co.city.example", true)]
    [InlineData("other.co.city.example", false)]
    [InlineData("co.city.example", false)]
    [InlineData("city.example", false)]
    public async Task BelowAPublicSuffix_TheOrganisationIsTheNameUnderIt(string signing, bool aligned)
    {
        const string From = "press.agency.co.city.example";
        var (settings, key) = Signing(signing);
        Dns.Text(From, "v=spf1 mx -all").Text($"crm._domainkey.{signing}", Record(key))
            .Text("_dmarc.co.city.example", "v=DMARC1; p=reject; psd=y").Text("_dmarc.city.example", "v=DMARC1; p=reject");
        string[] expected = aligned ? [] : ["dkimNotAligned"];

        var without = await CodesAsync(Of(From), settings);
        Dns.Text("_dmarc.agency.co.city.example", "v=DMARC1; p=reject; sp=none");
        var ofOrganisation = await CodesAsync(Of(From), settings);
        Dns.Text($"_dmarc.{From}", "v=DMARC1; p=reject");

        Assert.Equal(["dmarcMissing", .. expected], without);
        Assert.Equal(["dmarcNone", .. expected], ofOrganisation);
        Assert.Equal(expected, await CodesAsync(Of(From), settings));
    }

    [Theory]
    [InlineData("dkimMissing")]
    [InlineData("dkimMissing", "v=spf1 -all")]
    [InlineData("dkimMissing", "v=DKIM1; k=rsa; p=")]
    [InlineData("dkimKeyDiffers", "v=DKIM1; k=rsa; p=AAAA")]
    [InlineData("dkimKeyDiffers", "v=DKIM1; p=***")]
    [InlineData("dkimKeyDiffers", "v=DKIM1; k=ed25519; p=OURS")]
    [InlineData(null, "v=DKIM1; k=rsa; p=OURS")]
    [InlineData(null, "p=OURS")]
    [InlineData(null, "v=DKIM1; h=sha256; p=BARE")]
    [InlineData(null, "v=DKIM1; k=rsa; p=AAAA", "v=DKIM1; k=rsa; p=OURS")]
    public async Task TheDkimRecord_MustHoldOurKey(string? code, params string[] records)
    {
        var (settings, key) = Signing();
        var (ours, bare) = (Convert.ToBase64String(key.ExportSubjectPublicKeyInfo()), Convert.ToBase64String(key.ExportRSAPublicKey()));
        Dns.Text($"crm._domainkey.{Domain}", [.. records.Select(r => r.Replace("OURS", ours, StringComparison.Ordinal).Replace("BARE", bare, StringComparison.Ordinal))]);

        var warnings = await CheckAsync(null, settings);

        Assert.Equal(code is null ? [] : [code], warnings.Select(w => w.Code));
        Assert.All(warnings, w => Assert.Contains($"v=DKIM1; k=rsa; p={ours}", w.Message, StringComparison.Ordinal));
    }

    [Fact]
    public async Task EachKey_IsLookedForUnderItsSelector()
    {
        var (settings, key) = Signing();
        var ed = new Ed25519KeyPairGenerator();
        ed.Init(new Ed25519KeyGenerationParameters(new SecureRandom()));
        var pair = ed.GenerateKeyPair();
        using var pem = new StringWriter();
        using (var writer = new PemWriter(pem)) writer.WriteObject(new Pkcs8Generator(pair.Private));
        Dns.Text($"crm._domainkey.{Domain}", Record(key));
        (string, string)[] two = [.. settings, ("Mail:Dkim:SecondSelector", "ed"), ("Mail:Dkim:SecondPrivateKeyPath", FileOf(pem.ToString()))];

        var before = await CheckAsync(null, two);
        Dns.Text($"ed._domainkey.{Domain}", $"v=DKIM1; k=ed25519; p={Convert.ToBase64String(((Ed25519PublicKeyParameters)pair.Public).GetEncoded())}");
        var after = await CheckAsync(null, two);

        Assert.Equal("dkimMissing", Assert.Single(before).Code);
        Assert.Contains($"ed._domainkey.{Domain}: v=DKIM1; k=ed25519; p=", before[0].Message, StringComparison.Ordinal);
        Assert.Empty(after);
    }

    [Theory]
    [InlineData("agency.example", "agency.example", "v=DMARC1; p=reject; adkim=s", true)]
    [InlineData("agency.example", "mail.agency.example", "v=DMARC1; p=reject", true)]
    [InlineData("agency.example", "mail.agency.example", "v=DMARC1; p=reject; adkim=s", false)]
    [InlineData("press.agency.example", "agency.example", "v=DMARC1; p=reject", true)]
    [InlineData("press.agency.example", "mail.agency.example", "v=DMARC1; p=reject", true)]
    [InlineData("agency.example", "other.example", "v=DMARC1; p=reject", false)]
    [InlineData("agency.example", "notagency.example", "v=DMARC1; p=reject", false)]
    [InlineData("AGENCY.example", "Agency.Example", "v=DMARC1; p=reject; adkim=s", true)]
    public async Task TheSigningDomain_MustBeThatOfFrom(string from, string signing, string dmarc, bool aligned)
    {
        var (settings, key) = Signing(signing);
        Dns.Text($"crm._domainkey.{signing}", Record(key)).Text($"_dmarc.{Domain}", dmarc).Text($"press.{Domain}", "v=spf1 mx -all");

        Assert.Equal(aligned ? [] : ["dkimNotAligned"], await CodesAsync(Of(from.ToLowerInvariant()), settings));
    }

    [Fact]
    public async Task ASigningDomainOutsideAscii_IsLookedForAsPunycode()
    {
        var (settings, key) = Signing("Bücher.example");
        Dns.Text("xn--bcher-kva.example", "v=spf1 mx -all").Text("_dmarc.xn--bcher-kva.example", "v=DMARC1; p=reject").Text("crm._domainkey.xn--bcher-kva.example", Record(key));

        Assert.Empty(await CheckAsync(Of("xn--bcher-kva.example"), settings));
    }

    [Fact]
    public async Task ReturnPathAndMessageIdOfAnotherDomain_AreTold()
    {
        Dns.Text("bounces.example", "v=spf1 mx -all");

        Assert.Equal(["returnPathNotAligned", "messageIdNotAligned"], await CodesAsync(new SenderDomains(Domain, "bounces.example", "ids.example")));
    }

    [Fact]
    public async Task ReturnPathAndMessageIdOfASubdomain_AreOfTheSameSender()
    {
        Dns.Text($"bounces.{Domain}", "v=spf1 mx -all");

        Assert.Empty(await CheckAsync(new SenderDomains(Domain, $"bounces.{Domain}", $"mail.{Domain}")));
    }
}
