using System.Collections.Frozen;
using InfluencerCrm.Core.Influencers;

namespace InfluencerCrm.Core.Imports.Columns;

/// <summary>The headings by which the fields of one kind of import are known, French and English. Numbers in a heading do not count.</summary>
internal sealed class HeadingTable<TField>
    where TField : struct, Enum
{
    private readonly FrozenDictionary<string, TField> _byKey;

    /// <param name="headings">Those of one field, parted by bars; of a heading that stands twice, the first field has it.</param>
    public HeadingTable(params (TField Field, string Headings)[] headings)
    {
        var fields = new Dictionary<string, TField>(StringComparer.Ordinal);
        foreach (var (field, texts) in headings)
        {
            foreach (var text in texts.Split('|'))
            {
                fields.TryAdd(WordKey.Of(text), field);
            }
        }

        _byKey = fields.ToFrozenDictionary(StringComparer.Ordinal);
        Known = [.. headings.SelectMany(h => h.Headings.Split('|').Take(2))];
    }

    /// <summary>Some of the headings, for the message to one whose file has none of them.</summary>
    public IReadOnlyList<string> Known { get; }

    public TField? Find(string heading)
    {
        var key = WordKey.Of(heading);
        return _byKey.TryGetValue(key, out var field) || _byKey.TryGetValue(string.Concat(key.Where(c => !char.IsDigit(c))), out field) ? field : null;
    }
}
