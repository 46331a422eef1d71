using System.Security.Cryptography;
using System.Text;
using InfluencerCrm.Core.Influencers;

namespace InfluencerCrm.Core.Inbound.ByHand;

/// <summary>The address of one user: whoever knows it may ask for a mail to be logged, so it is kept as a hash and shown once.</summary>
internal static class LoggingAddress
{
    private const int SecretLength = 24;

    public static string NewSecret() => RandomNumberGenerator.GetHexString(SecretLength, lowercase: true);

    public static string Of(string address, string secret)
    {
        var at = address.LastIndexOf('@');
        return $"{address[..at]}+{secret}{address[at..]}";
    }

    public static string KeyOf(string secret) => Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(secret)));

    /// <summary>The secret that one of the addresses carries; null: none does.</summary>
    public static string? SecretIn(string? address, IEnumerable<string> recipients)
    {
        if (AddressKey.Of(address) is not { } own)
        {
            return null;
        }

        var at = own.LastIndexOf('@');
        var (before, after) = ($"{own[..at]}+", own[at..]);
        return recipients.Select(AddressKey.Of).OfType<string>()
            .Where(r => r.Length == own.Length + 1 + SecretLength && r.StartsWith(before, StringComparison.Ordinal) && r.EndsWith(after, StringComparison.Ordinal))
            .Select(r => r.Substring(before.Length, SecretLength)).FirstOrDefault(s => s.All(char.IsAsciiHexDigit));
    }
}
