using System.Security.Cryptography;
using System.Text;

namespace InfluencerCrm.Core.Imports.Rows;

/// <summary>Which records a dry run would have made by now; eight bytes each, whatever the file holds.</summary>
internal sealed class SeenKeys
{
    private readonly HashSet<ulong> _seen = [];

    /// <returns>False where it was there before.</returns>
    public bool Add(string key)
    {
        Span<byte> hash = stackalloc byte[32];
        SHA256.HashData(Encoding.UTF8.GetBytes(key), hash);
        return _seen.Add(BitConverter.ToUInt64(hash));
    }
}
