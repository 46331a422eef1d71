using System.Security.Cryptography;
using System.Text;

namespace InfluencerCrm.Core.Privacy;

/// <summary>
/// The keyed hash under which a suppressed address is remembered. Keyed, since a plain hash of an address is found by trying
/// addresses. One for the process; it gets its key when the host starts.
/// </summary>
public sealed class AddressHash
{
    /// <summary>Bytes of a key.</summary>
    public const int KeyLength = 32;

    private byte[]? _key;

    /// <summary>The key, for the archive of an installation that moves.</summary>
    internal byte[] Key => _key ?? throw new InvalidOperationException("The address hash has no key yet.");

    public void UseKey(byte[] key)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentOutOfRangeException.ThrowIfLessThan(key.Length, KeyLength);
        _key = key;
    }

    /// <param name="addressKey">The address in normal form, as contact points keep it.</param>
    public byte[] Of(string addressKey)
    {
        ArgumentNullException.ThrowIfNull(addressKey);
        return HMACSHA256.HashData(Key, Encoding.UTF8.GetBytes(addressKey));
    }
}
