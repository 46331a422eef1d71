using MimeKit.Cryptography;
using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.OpenSsl;

namespace InfluencerCrm.Mail;

/// <summary>The key that signs, read once.</summary>
internal sealed class DkimKey
{
    private readonly AsymmetricKeyParameter key;
    private readonly DkimSignatureAlgorithm algorithm;
    private readonly string domain;
    private readonly string selector;

    public DkimKey(DkimOptions options)
    {
        key = Read(options.PrivateKeyPath!);
        algorithm = key is Ed25519PrivateKeyParameters ? DkimSignatureAlgorithm.Ed25519Sha256 : DkimSignatureAlgorithm.RsaSha256;
        domain = options.Domain!;
        selector = options.Selector!;
    }

    /// <summary>A signer whose timestamp is the mail's date: signing twice gives the same bytes.</summary>
    public DkimSigner SignerAt(DateTimeOffset date) => new DatedSigner(key, domain, selector, algorithm, date.ToUnixTimeSeconds())
    {
        HeaderCanonicalizationAlgorithm = DkimCanonicalizationAlgorithm.Relaxed,
        BodyCanonicalizationAlgorithm = DkimCanonicalizationAlgorithm.Relaxed,
    };

    /// <summary>A sentence about what is wrong with the file, or null.</summary>
    public static string? FindFault(string path)
    {
        try
        {
            Read(path);
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return "the file cannot be read.";
        }
        catch (Exception e) when (e is FormatException or PemException or ArgumentException or InvalidCastException)
        {
            return e is FormatException ? e.Message : "the file holds no private key in PEM format.";
        }
    }

    private static AsymmetricKeyParameter Read(string path)
    {
        using var reader = new PemReader(File.OpenText(path));
        AsymmetricKeyParameter key = reader.ReadObject() switch
        {
            AsymmetricCipherKeyPair pair => pair.Private,
            AsymmetricKeyParameter { IsPrivate: true } single => single,
            _ => throw new FormatException("the file holds no private key in PEM format."),
        };
        return key switch
        {
            RsaKeyParameters { Modulus.BitLength: < 1024 } => throw new FormatException("an RSA key for DKIM has at least 1024 bits (RFC 8301), better 2048."),
            RsaKeyParameters or Ed25519PrivateKeyParameters => key,
            _ => throw new FormatException("DKIM knows RSA and Ed25519 keys only."),
        };
    }

    private sealed class DatedSigner(AsymmetricKeyParameter key, string domain, string selector, DkimSignatureAlgorithm algorithm, long timestamp)
        : DkimSigner(key, domain, selector, algorithm)
    {
        protected override long GetTimestamp() => timestamp;
    }
}
