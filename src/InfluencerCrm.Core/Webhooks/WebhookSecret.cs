using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using InfluencerCrm.Core.Errors;

namespace InfluencerCrm.Core.Webhooks;

/// <summary>Secrets and signatures by the Standard Webhooks convention: <c>whsec_</c> and Base64; HMAC-SHA256 over id, time and body.</summary>
public static class WebhookSecret
{
    private const string Mark = "whsec_";

    private const int Least = 24;

    private const int Most = 64;

    public static string Make() => Mark + Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));

    /// <exception cref="RuleViolation">It is no secret of the convention, or too short to be one.</exception>
    public static string Checked(string secret)
    {
        ArgumentNullException.ThrowIfNull(secret);
        return KeyOf(secret) is { Length: >= Least and <= Most }
            ? secret
            : throw new RuleViolation("badSecret", $"secret must be {Mark} and Base64 of {Least} to {Most} bytes; leave it out, and one is made.", "secret");
    }

    /// <summary>The value of <c>webhook-signature</c>.</summary>
    public static string Sign(string secret, string id, long timestamp, ReadOnlySpan<byte> body)
    {
        byte[] signed = [.. Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{id}.{timestamp}.")), .. body];
        return "v1," + Convert.ToBase64String(HMACSHA256.HashData(KeyOf(secret) ?? Encoding.UTF8.GetBytes(secret), signed));
    }

    private static byte[]? KeyOf(string secret)
    {
        if (!secret.StartsWith(Mark, StringComparison.Ordinal))
        {
            return null;
        }

        var key = new byte[secret.Length];
        return Convert.TryFromBase64String(secret[Mark.Length..], key, out var length) ? key[..length] : null;
    }
}
