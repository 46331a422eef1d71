using System.Security.Cryptography;
using System.Text;
using InfluencerCrm.Core.SendOuts;
using Microsoft.Extensions.Options;
using MimeKit;
using MimeKit.Cryptography;
using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Crypto.Generators;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.OpenSsl;
using Org.BouncyCastle.Security;
using Xunit;

namespace InfluencerCrm.Mail.Tests;

public sealed class DkimTests : IDisposable
{
    private readonly string path = Path.GetTempFileName();
    private readonly string secondPath = Path.GetTempFileName();

    [Theory]
    [InlineData("rsa-sha256")]
    [InlineData("ed25519-sha256")]
    public async Task Compose_WithAKey_SignsWhatReceiversVerify(string algorithm)
    {
        var publicKey = WriteKey(algorithm, path);
        var composer = Composer();
        var mail = TestMails.Plain() with { Attachments = [new MailAttachment("a.pdf", "application/pdf", "pdf"u8.ToArray())] };

        var bytes = composer.Compose(mail).ToArray();

        var message = await MimeMessage.LoadAsync(new MemoryStream(bytes), TestContext.Current.CancellationToken);
        var signature = message.Headers[message.Headers.IndexOf(HeaderId.DkimSignature)];
        Assert.Contains($"a={algorithm};", signature.Value, StringComparison.Ordinal);
        Assert.Contains("t=1772439330;", signature.Value, StringComparison.Ordinal);
        Assert.Contains("list-unsubscribe:list-unsubscribe-post", signature.Value, StringComparison.Ordinal);
        Assert.True(await new DkimVerifier(new Keys(publicKey)).VerifyAsync(message, signature, TestContext.Current.CancellationToken));
        Assert.Equal(bytes, composer.Compose(mail).ToArray());
    }

    [Fact]
    public async Task Compose_WithTwoKeys_SignsWithEach()
    {
        var keys = new Keys(("rsa", WriteKey("rsa-sha256", path)), ("ed", WriteKey("ed25519-sha256", secondPath)));
        var composer = Composer(new DkimOptions { Domain = "agency.example", Selector = "rsa", PrivateKeyPath = path, SecondSelector = "ed", SecondPrivateKeyPath = secondPath });

        var bytes = composer.Compose(TestMails.Plain()).ToArray();

        var message = await MimeMessage.LoadAsync(new MemoryStream(bytes), TestContext.Current.CancellationToken);
        var signatures = message.Headers.Where(h => h.Id == HeaderId.DkimSignature).ToList();
        Assert.Equal(["a=ed25519-sha256", "a=rsa-sha256"], signatures.SelectMany(s => s.Value.Split(';').Select(t => t.Trim())).Where(t => t.StartsWith("a=", StringComparison.Ordinal)).Order());
        foreach (var signature in signatures)
        {
            Assert.Contains("list-unsubscribe:list-unsubscribe-post", signature.Value, StringComparison.Ordinal);
            Assert.True(await new DkimVerifier(keys).VerifyAsync(message, signature, TestContext.Current.CancellationToken));
        }

        Assert.Equal(bytes, composer.Compose(TestMails.Plain()).ToArray());
    }

    [Theory]
    [InlineData("rsa-sha256")]
    [InlineData("ed25519-sha256")]
    public async Task Verify_AfterTheUnsubscribeAddressWasChanged_Fails(string algorithm)
    {
        var publicKey = WriteKey(algorithm, path);
        var changed = Encoding.ASCII.GetString(Composer().Compose(TestMails.Plain()).Span).Replace("https://crm.agency.example/u/", "https://crm.elsewhere.example/u/", StringComparison.Ordinal);
        var message = await MimeMessage.LoadAsync(new MemoryStream(Encoding.ASCII.GetBytes(changed)), TestContext.Current.CancellationToken);

        var valid = await new DkimVerifier(new Keys(publicKey)).VerifyAsync(message, message.Headers[message.Headers.IndexOf(HeaderId.DkimSignature)], TestContext.Current.CancellationToken);

        Assert.False(valid);
    }

    [Fact]
    public async Task Verify_AfterASecondSubjectWasAdded_Fails()
    {
        var publicKey = WriteKey("rsa-sha256", path);
        var bytes = Composer().Compose(TestMails.Plain()).ToArray();
        var message = await MimeMessage.LoadAsync(new MemoryStream([.. "Subject: Free money\r\n"u8, .. bytes]), TestContext.Current.CancellationToken);

        var valid = await new DkimVerifier(new Keys(publicKey)).VerifyAsync(message, message.Headers[message.Headers.IndexOf(HeaderId.DkimSignature)], TestContext.Current.CancellationToken);

        Assert.False(valid);
    }

    public void Dispose()
    {
        File.Delete(path);
        File.Delete(secondPath);
    }

    private MailComposer Composer() => Composer(new DkimOptions { Domain = "agency.example", Selector = "crm", PrivateKeyPath = path });

    private static MailComposer Composer(DkimOptions dkim) => new(Options.Create(new MailOptions { Dkim = dkim }));

    private static AsymmetricKeyParameter WriteKey(string algorithm, string path)
    {
        if (algorithm.StartsWith("rsa", StringComparison.Ordinal))
        {
            using var rsa = RSA.Create(2048);
            File.WriteAllText(path, rsa.ExportPkcs8PrivateKeyPem());
            return DotNetUtilities.GetRsaPublicKey(rsa);
        }

        var generator = new Ed25519KeyPairGenerator();
        generator.Init(new Ed25519KeyGenerationParameters(new SecureRandom()));
        var pair = generator.GenerateKeyPair();
        using var file = File.CreateText(path);
        new PemWriter(file).WriteObject(new Pkcs8Generator(pair.Private));
        return pair.Public;
    }

    private sealed class Keys(params (string Selector, AsymmetricKeyParameter Key)[] published) : IDkimPublicKeyLocator
    {
        public Keys(AsymmetricKeyParameter key)
            : this(("crm", key))
        {
        }

        public AsymmetricKeyParameter LocatePublicKey(string methods, string domain, string selector, CancellationToken cancellationToken = default) =>
            domain == "agency.example" ? published.Single(p => p.Selector == selector).Key : throw new InvalidOperationException($"No key of {domain} is published.");

        public Task<AsymmetricKeyParameter> LocatePublicKeyAsync(string methods, string domain, string selector, CancellationToken cancellationToken = default) =>
            Task.FromResult(LocatePublicKey(methods, domain, selector, cancellationToken));
    }
}
