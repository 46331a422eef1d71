using InfluencerCrm.Core.Influencers;
using MimeKit.Cryptography;
using Org.BouncyCastle.Asn1.X509;
using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.OpenSsl;
using Org.BouncyCastle.Security;
using Org.BouncyCastle.X509;

namespace InfluencerCrm.Mail;

/// <summary>A key that signs, read once.</summary>
internal sealed class DkimKey
{
    private const string Local = "dkim@";
    private const string NoKey = "the file holds no private key in PEM format without a password.";

    private readonly AsymmetricKeyParameter key;
    private readonly DkimSignatureAlgorithm algorithm;
    private readonly string selector;
    private readonly byte[][] published;

    private DkimKey(string domain, string selector, string path)
    {
        key = Read(path);
        (algorithm, Kind, published) = key switch
        {
            Ed25519PrivateKeyParameters ed => (DkimSignatureAlgorithm.Ed25519Sha256, "ed25519", [ed.GeneratePublicKey().GetEncoded()]),
            _ => (DkimSignatureAlgorithm.RsaSha256, "rsa", Encodings((RsaPrivateCrtKeyParameters)key)),
        };
        Domain = Punycode(domain.Trim().TrimEnd('.'));
        this.selector = selector.Trim();
    }

    /// <summary>The signing domain (<c>d=</c>), in lower case and as punycode: a header is ASCII.</summary>
    public string Domain { get; }

    /// <summary><c>rsa</c> or <c>ed25519</c>, as the record's <c>k=</c> says it.</summary>
    public string Kind { get; }

    /// <summary>Name of the TXT record that receivers read.</summary>
    public string RecordName => $"{selector}._domainkey.{Domain}";

    /// <summary>What should stand in it.</summary>
    public string Record => $"v=DKIM1; k={Kind}; p={Convert.ToBase64String(published[0])}";

    /// <summary>None where the mail server signs, two where a second selector is set.</summary>
    public static IReadOnlyList<DkimKey> ReadAll(DkimOptions options)
    {
        if (!options.IsSet) return [];
        var first = new DkimKey(options.Domain!, options.Selector!, options.PrivateKeyPath!);
        return options.HasSecond ? [first, new DkimKey(options.Domain!, options.SecondSelector!, options.SecondPrivateKeyPath!)] : [first];
    }

    /// <summary>A signer whose timestamp is the mail's date: signing twice gives the same bytes.</summary>
    public DkimSigner SignerAt(DateTimeOffset date) => new DatedSigner(key, Domain, selector, algorithm, date.ToUnixTimeSeconds())
    {
        HeaderCanonicalizationAlgorithm = DkimCanonicalizationAlgorithm.Relaxed,
        BodyCanonicalizationAlgorithm = DkimCanonicalizationAlgorithm.Relaxed,
    };

    /// <summary>Whether these bytes, which a record's <c>p=</c> holds, are this key's public half.</summary>
    public bool IsPublishedAs(ReadOnlySpan<byte> bytes)
    {
        foreach (var encoding in published)
            if (bytes.SequenceEqual(encoding)) return true;
        return false;
    }

    /// <summary>A sentence about what is wrong with the file, or null.</summary>
    public static string? FindFault(string path)
    {
        try
        {
            Read(path);
            return null;
        }
        catch (FormatException e)
        {
            return e.Message;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return "the file cannot be read.";
        }
    }

    private static string Punycode(string domain) => AddressKey.Of($"{Local}{domain}") is { } address ? address[Local.Length..] : domain.ToLowerInvariant();

    /// <summary>RFC 6376 names the bare key and its example shows the one with its algorithm; receivers read both.</summary>
    private static byte[][] Encodings(RsaPrivateCrtKeyParameters key)
    {
        var open = new RsaKeyParameters(isPrivate: false, key.Modulus, key.PublicExponent);
        return [SubjectPublicKeyInfoFactory.CreateSubjectPublicKeyInfo(open).GetDerEncoded(), new RsaPublicKeyStructure(key.Modulus, key.PublicExponent).GetDerEncoded()];
    }

    private static AsymmetricKeyParameter Read(string path)
    {
        var key = Parse(File.ReadAllText(path)) switch
        {
            AsymmetricCipherKeyPair pair => pair.Private,
            AsymmetricKeyParameter { IsPrivate: true } single => single,
            _ => throw new FormatException(NoKey),
        };
        return key switch
        {
            RsaKeyParameters { Modulus.BitLength: < 1024 } => throw new FormatException("an RSA key for DKIM has at least 1024 bits (RFC 8301), better 2048."),
            RsaPrivateCrtKeyParameters or Ed25519PrivateKeyParameters => key,
            _ => throw new FormatException("DKIM knows RSA and Ed25519 keys only."),
        };
    }

    private static object? Parse(string pem)
    {
        try
        {
            using var reader = new PemReader(new StringReader(pem));
            return reader.ReadObject();
        }
        catch (Exception e) when (e is IOException or ArgumentException or InvalidCastException or SecurityUtilityException)
        {
            // BouncyCastle tells a broken file and a missing password by many exceptions.
            throw new FormatException(NoKey, e);
        }
    }

    private sealed class DatedSigner(AsymmetricKeyParameter key, string domain, string selector, DkimSignatureAlgorithm algorithm, long timestamp)
        : DkimSigner(key, domain, selector, algorithm)
    {
        protected override long GetTimestamp() => timestamp;
    }
}
