using InfluencerCrm.Core.Data;
using InfluencerCrm.Core.Privacy;
using Microsoft.EntityFrameworkCore;

namespace InfluencerCrm.Core.Imports.People;

/// <summary>What stands against the addresses of one batch, and what the file adds to it. Nothing here lifts one.</summary>
internal sealed class Oppositions(CrmDbContext db, AddressHash hash, string source)
{
    private readonly HashSet<string> _suppressed = new(StringComparer.Ordinal);
    private readonly HashSet<string> _erased = new(StringComparer.Ordinal);
    private readonly HashSet<string> _dead = new(StringComparer.Ordinal);
    private readonly HashSet<int> _people = [];
    private readonly List<(PersonCard Card, IReadOnlyList<string> Keys)> _added = [];

    public async Task LoadAsync(IReadOnlyList<ReadPerson> rows, IReadOnlyCollection<int> people, CancellationToken ct)
    {
        // Behind the walls too: an opposition towards another client's mails is still the person's word.
        var standing = db.Suppressions.IgnoreQueryFilters([Filters.Wall]).Where(s => s.LiftedAt == null && s.Scope == SuppressionScope.All);
        if (!await standing.AnyAsync(ct))
        {
            return;
        }

        var keys = rows.SelectMany(r => r.Person?.Emails ?? []).Select(e => e.Key).Distinct(StringComparer.Ordinal).ToDictionary(hash.Of, k => k, HashComparer.Instance);
        foreach (var hashes in keys.Keys.Chunk(500))
        {
            foreach (var found in await standing.Where(s => hashes.Contains(s.AddressHash!)).Select(s => new { s.AddressHash, s.Reason }).ToListAsync(ct))
            {
                var key = keys[found.AddressHash!];
                (found.Reason == SuppressionReason.Bounce ? _dead : _suppressed).Add(key);
                if (found.Reason == SuppressionReason.Erasure)
                {
                    _erased.Add(key);
                }
            }
        }

        foreach (var ids in people.Chunk(500))
        {
            _people.UnionWith((await standing.Where(s => s.InfluencerId != null && ids.Contains(s.InfluencerId.Value)).Select(s => s.InfluencerId!.Value).ToListAsync(ct)));
        }
    }

    public bool IsErased(string key) => _erased.Contains(key);

    public bool IsSuppressed(string key) => _suppressed.Contains(key);

    /// <summary>Mails to it come back; that is no opposition of anybody.</summary>
    public bool IsDead(string key) => _dead.Contains(key);

    /// <summary>Takes the file's word that this person opposes.</summary>
    /// <param name="ownKeys">Never a shared address: that would silence the whole newsroom.</param>
    /// <returns>Whether that was news.</returns>
    public bool Add(PersonCard card, IReadOnlyList<string> ownKeys)
    {
        var news = ownKeys.Where(k => !_suppressed.Contains(k)).ToList();
        if (news.Count == 0 && (ownKeys.Count > 0 || (!card.IsNew && _people.Contains(card.Person.Id)) || _added.Exists(a => a.Card == card)))
        {
            return false;
        }

        _suppressed.UnionWith(news);
        _added.Add((card, news));
        return true;
    }

    /// <summary>Hands the new suppressions to the change tracker; the people have their keys by now.</summary>
    public void Track()
    {
        foreach (var (card, keys) in _added)
        {
            if (keys.Count == 0)
            {
                db.Add(Of(card, null));
            }

            foreach (var key in keys)
            {
                db.Add(Of(card, key));
            }
        }
    }

    private Suppression Of(PersonCard card, string? key) =>
        new(key, key is null ? null : hash.Of(key), card.Person.Id, SuppressionScope.All, null, SuppressionReason.Manual, source);

    private sealed class HashComparer : IEqualityComparer<byte[]>
    {
        public static readonly HashComparer Instance = new();

        public bool Equals(byte[]? x, byte[]? y) => x.AsSpan().SequenceEqual(y);

        public int GetHashCode(byte[] obj) => BitConverter.ToInt32(obj);
    }
}
