using InfluencerCrm.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace InfluencerCrm.Core.Imports.People;

/// <summary>Which earlier line of the same file spoke of a person; so that a second row of one says so.</summary>
internal sealed class EarlierLines(CrmDbContext db, ImportJob job)
{
    private readonly Dictionary<int, int> _lines = [];
    private readonly HashSet<ulong> _wouldBe = [];

    public async Task LoadAsync(IReadOnlyCollection<int> people, CancellationToken ct)
    {
        _lines.Clear();
        foreach (var ids in people.Chunk(500))
        {
            foreach (var row in await db.ImportRows.Where(r => r.InfluencerId != null && ids.Contains(r.InfluencerId.Value) && r.ImportId == job.Id)
                .Select(r => new { Id = r.InfluencerId!.Value, r.Line }).ToListAsync(ct))
            {
                _lines[row.Id] = row.Line;
            }
        }
    }

    public int? LineOf(PersonCard card) =>
        card.Line > 0 ? card.Line : !card.IsNew && _lines.TryGetValue(card.Person.Id, out var line) ? line : null;

    /// <summary>In a dry run: whether a row of an earlier batch would have created this person. Keeps eight bytes a person, no addresses.</summary>
    public bool WouldBeThere(PersonCard card)
    {
        if (!job.DryRun)
        {
            return false;
        }

        var own = card.Person.ContactPoints.Where(p => p is { AddressKey: not null, Shared: false }).Select(p => p.AddressKey!).ToList();
        var keys = own.Count > 0
            ? own
            : [string.Join('\u001f', [card.Person.DisplayNameSearch, .. card.Person.ContactPoints.Select(p => p.AddressKey ?? p.Value), .. card.Person.Affiliations.Select(a => $"{a.OutletId}")])];
        var hashes = keys.ConvertAll(Hash);
        if (_wouldBe.Contains(hashes[0]))
        {
            return true;
        }

        _wouldBe.UnionWith(hashes);
        return false;
    }

    private static ulong Hash(string text)
    {
        Span<byte> bytes = stackalloc byte[32];
        System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(text), bytes);
        return BitConverter.ToUInt64(bytes);
    }
}
