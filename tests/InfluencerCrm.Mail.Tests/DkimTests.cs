using System.Security.Cryptography;
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

    [Theory]
    [InlineData("rsa-sha256")]
    [InlineData("ed25519-sha256")]
    public async Task Compose_WithAKey_SignsWhatReceiversVerify(string algorithm)
    {
        var publicKey = WriteKey(algorithm);
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
    public async Task Verify_AfterASecondSubjectWasAdded_Fails()
    {
        var publicKey = WriteKey("rsa-sha256");
        var bytes = Composer().Compose(TestMails.Plain()).ToArray();
        var message = await MimeMessage.LoadAsync(new MemoryStream([.. "Subject: Free money\r\n"u8, .. bytes]), TestContext.Current.CancellationToken);

        var valid = await new DkimVerifier(new Keys(publicKey)).VerifyAsync(message, message.Headers[message.Headers.IndexOf(HeaderId.DkimSignature)], TestContext.Current.CancellationToken);

        Assert.False(valid);
    }

    public void Dispose() => File.Delete(path);

    private MailComposer Composer() => new(Options.Create(new MailOptions
    {
        Dkim = new DkimOptions { Domain = "agency.example", Selector = "crm", PrivateKeyPath = path },
    }));

    private AsymmetricKeyParameter WriteKey(string algorithm)
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

    private sealed class Keys(AsymmetricKeyParameter key) : IDkimPublicKeyLocator
    {
        public AsymmetricKeyParameter LocatePublicKey(string methods, string domain, string selector, CancellationToken cancellationToken = default) => key;

        public Task<AsymmetricKeyParameter> LocatePublicKeyAsync(string methods, string domain, string selector, CancellationToken cancellationToken = default) => Task.FromResult(key);
    }
}
