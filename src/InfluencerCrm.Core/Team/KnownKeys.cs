using System.Collections.Concurrent;
using InfluencerCrm.Core.Access;

namespace InfluencerCrm.Core.Team;

/// <summary>
/// Who came with which API key, as of one state of the database: a tool that asks a hundred times a second is looked up once between two
/// commits. Nothing here outlives a commit, so a key that was revoked or a wall that was moved counts at once.
/// </summary>
public sealed class KnownKeys
{
    private const int Most = 1000;
    private readonly ConcurrentDictionary<string, KnownKey> _keys = new(StringComparer.Ordinal);

    /// <summary>Null: not known, or not any more.</summary>
    /// <param name="hash">Of the key; the key itself is kept nowhere.</param>
    /// <param name="state">Of the database, as <see cref="Data.IKeptReads.State"/> says it now.</param>
    internal KnownKey? Find(byte[] hash, long state) =>
        _keys.TryGetValue(Convert.ToHexString(hash), out var known) && known.State == state ? known : null;

    internal void Keep(byte[] hash, KnownKey known)
    {
        if (_keys.Count >= Most)
        {
            _keys.Clear();
        }

        _keys[Convert.ToHexString(hash)] = known;
    }
}

/// <param name="State">Taken before the rest was read.</param>
/// <param name="Actor">Who acts with it.</param>
/// <param name="ExpiresAt">From when on the key counts no more, UTC.</param>
/// <param name="LastUsedAt">As the database has it, UTC.</param>
internal sealed record KnownKey(long State, Actor Actor, DateTime? ExpiresAt, DateTime? LastUsedAt);
