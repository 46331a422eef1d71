using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace InfluencerCrm.Mail;

/// <summary>Trusts an authority of one's own for one mail server.</summary>
internal static class ServerCertificates
{
    public static RemoteCertificateValidationCallback TrustedBy(string authorityPath)
    {
        var authorities = new X509Certificate2Collection();
        authorities.ImportFromPemFile(authorityPath);
        return (_, certificate, chain, errors) =>
        {
            if (certificate is null || chain is null || (errors & ~SslPolicyErrors.RemoteCertificateChainErrors) != 0) return false;
            if (errors == SslPolicyErrors.None) return true;
            using var own = new X509Chain();
            own.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
            own.ChainPolicy.CustomTrustStore.AddRange(authorities);
            own.ChainPolicy.ExtraStore.AddRange(chain.ChainPolicy.ExtraStore);

            // An authority of one's own rarely says where its revocations are.
            own.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
            using var server = X509CertificateLoader.LoadCertificate(certificate.GetRawCertData());
            return own.Build(server);
        };
    }

    /// <returns>A sentence, or null where the file will do.</returns>
    public static string? FindFault(string authorityPath)
    {
        try
        {
            var authorities = new X509Certificate2Collection();
            authorities.ImportFromPemFile(authorityPath);
            return authorities.Count > 0 ? null : "The file holds no certificate in PEM form.";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException)
        {
            return $"The file cannot be read: {e.Message}";
        }
    }
}
