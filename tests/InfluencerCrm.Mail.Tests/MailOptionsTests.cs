using System.Security.Cryptography;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Xunit;

namespace InfluencerCrm.Mail.Tests;

public sealed class MailOptionsTests
{
    [Fact]
    public void NoSettings_WriteToTheOutboxFolder()
    {
        using var services = MailServices.Create([]);

        var transport = services.Transport();

        Assert.IsType<PickupTransport>(transport);
        Assert.Equal(("data/outbox", true), (transport.Destination, transport.StaysHere));
    }

    [Fact]
    public void SmtpSettings_ChooseTheServer()
    {
        using var services = MailServices.Smtp(2525, null, ("Mail:Smtp:MaxConnections", "7"));

        var transport = services.Transport();

        Assert.IsType<SmtpTransport>(transport);
        Assert.Equal(("127.0.0.1:2525", false, 7), (transport.Destination, transport.StaysHere, transport.MaxConnections));
    }

    [Theory]
    [InlineData("Mail__Smtp__Host is empty", "Mail:Transport=Smtp")]
    [InlineData("Mail__FromAddress is empty", "Mail:Transport=Smtp", "Mail:Smtp:Host=mail.example.org")]
    [InlineData("Mail__FromAddress is not an e-mail address", "Mail:FromAddress=press")]
    [InlineData("There is an accent or a sign before the @", "Mail:FromAddress=zoé@agency.example")]
    [InlineData("would travel unencrypted", "Mail:Transport=Smtp", "Mail:FromAddress=a@b.example", "Mail:Smtp:Host=mail.example.org", "Mail:Smtp:Security=None", "Mail:Smtp:UserName=u", "Mail:Smtp:Password=p")]
    [InlineData("belong together: give both", "Mail:Transport=Smtp", "Mail:FromAddress=a@b.example", "Mail:Smtp:Host=mail.example.org", "Mail:Smtp:UserName=u")]
    [InlineData("Mail__Smtp__Port", "Mail:Transport=Smtp", "Mail:FromAddress=a@b.example", "Mail:Smtp:Host=mail.example.org", "Mail:Smtp:Port=0")]
    [InlineData("give Mail__Inbox__UserName and Mail__Inbox__Password too", "Mail:Inbox:Host=mail.example.org", "Mail:Inbox:UserName=u")]
    [InlineData("Mail__Inbox__Security is None", "Mail:Inbox:Host=mail.example.org", "Mail:Inbox:UserName=u", "Mail:Inbox:Password=p", "Mail:Inbox:Security=None")]
    [InlineData("Mail__Inbox__CertificateAuthorityPath: The file cannot be read", "Mail:Inbox:Host=mail.example.org", "Mail:Inbox:UserName=u", "Mail:Inbox:Password=p", "Mail:Inbox:CertificateAuthorityPath=/nowhere/authority.pem")]
    [InlineData("Mail__Smtp__OAuth__TokenEndpoint must be an https address", "Mail:Transport=Smtp", "Mail:FromAddress=lea@agency.example", "Mail:Smtp:Host=mail.example.org", "Mail:Smtp:UserName=u", "Mail:Smtp:OAuth:TokenEndpoint=http://login.example.org/token")]
    [InlineData("give Mail__Smtp__UserName too", "Mail:Transport=Smtp", "Mail:FromAddress=lea@agency.example", "Mail:Smtp:Host=mail.example.org", "Mail:Smtp:OAuth:TokenEndpoint=https://login.example.org/token", "Mail:Smtp:OAuth:ClientId=crm", "Mail:Smtp:OAuth:RefreshToken=r")]
    [InlineData("must be an https address", "Mail:Inbox:Host=mail.example.org", "Mail:Inbox:UserName=u", "Mail:Inbox:OAuth:TokenEndpoint=http://login.example.org/token")]
    [InlineData("ClientId and Mail__Inbox__OAuth__RefreshToken too", "Mail:Inbox:Host=mail.example.org", "Mail:Inbox:UserName=u", "Mail:Inbox:OAuth:TokenEndpoint=https://login.example.org/token")]
    [InlineData("Mail__Inbox__IdleSeconds", "Mail:Inbox:IdleSeconds=3600")]
    [InlineData("belong together: give all three", "Mail:Dkim:Domain=b.example")]
    [InlineData("Mail__Dkim__PrivateKeyPath: the file cannot be read", "Mail:Dkim:Domain=b.example", "Mail:Dkim:Selector=s", "Mail:Dkim:PrivateKeyPath=/no/such/file")]
    [InlineData("belong together: give all three", "Mail:Dkim:SecondSelector=s")]
    [InlineData("Mail__Dns__Servers must be addresses", "Mail:Dns:Servers=ns.example.org")]
    [InlineData("Mail__Dns__Servers must be addresses", "Mail:Dns:Servers=53")]
    [InlineData("Mail__Dns__TimeoutSeconds", "Mail:Dns:TimeoutSeconds=0")]
    public void WrongSettings_StopTheStartWithASentence(string sentence, params string[] settings)
    {
        using var services = MailServices.Create(settings.Select(s => new KeyValuePair<string, string?>(s.Split('=')[0], s.Split('=')[1])));

        var e = Assert.Throws<OptionsValidationException>(() => services.GetRequiredService<IStartupValidator>().Validate());

        Assert.Contains(sentence, e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("empty", "holds no private key")]
    [InlineData("garbage", "holds no private key")]
    [InlineData("public", "holds no private key")]
    [InlineData("encrypted", "holds no private key")]
    [InlineData("small", "at least 1024 bits")]
    [InlineData("elliptic", "RSA and Ed25519")]
    public async Task AKeyThatCannotSign_StopsTheStartWithASentence(string content, string sentence)
    {
        using var rsa = RSA.Create(content == "small" ? 512 : 1024);
        using var elliptic = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var path = Path.GetTempFileName();
        await File.WriteAllTextAsync(path, content switch
        {
            "garbage" => "-----BEGIN PRIVATE KEY-----\nnot base64 at all\n-----END PRIVATE KEY-----\n",
            "public" => rsa.ExportSubjectPublicKeyInfoPem(),
            "encrypted" => rsa.ExportEncryptedPkcs8PrivateKeyPem("secret", new PbeParameters(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 1000)),
            "small" => rsa.ExportPkcs8PrivateKeyPem(),
            "elliptic" => elliptic.ExportPkcs8PrivateKeyPem(),
            _ => "",
        }, TestContext.Current.CancellationToken);
        await using var services = MailServices.Create([new("Mail:Dkim:Domain", "b.example"), new("Mail:Dkim:Selector", "s"), new("Mail:Dkim:PrivateKeyPath", path)]);

        var e = Assert.Throws<OptionsValidationException>(() => services.GetRequiredService<IStartupValidator>().Validate());
        File.Delete(path);

        Assert.Contains(sentence, e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("belong together: give both", "s2", null)]
    [InlineData("belong together: give both", null, "/no/such/file")]
    [InlineData("must differ from Mail__Dkim__Selector", "S", "/no/such/file")]
    [InlineData("Mail__Dkim__SecondPrivateKeyPath: the file cannot be read", "s2", "/no/such/file")]
    public async Task ASecondKeyThatCannotSign_StopsTheStartWithASentence(string sentence, string? selector, string? second)
    {
        using var rsa = RSA.Create(1024);
        var path = Path.GetTempFileName();
        await File.WriteAllTextAsync(path, rsa.ExportPkcs8PrivateKeyPem(), TestContext.Current.CancellationToken);
        await using var services = MailServices.Create(
        [
            new("Mail:Dkim:Domain", "b.example"), new("Mail:Dkim:Selector", "s"), new("Mail:Dkim:PrivateKeyPath", path),
            new("Mail:Dkim:SecondSelector", selector), new("Mail:Dkim:SecondPrivateKeyPath", second),
        ]);

        var e = Assert.Throws<OptionsValidationException>(() => services.GetRequiredService<IStartupValidator>().Validate());
        File.Delete(path);

        Assert.Contains(sentence, e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void CredentialsWithoutEncryption_AreAllowedToThisMachine()
    {
        using var services = MailServices.Smtp(2525, null, ("Mail:Smtp:UserName", "u"), ("Mail:Smtp:Password", "p"));

        services.GetRequiredService<IStartupValidator>().Validate();

        Assert.IsType<SmtpTransport>(services.Transport());
    }
}
