using InfluencerCrm.Core.Data;
using InfluencerCrm.Core.Influencers;
using Microsoft.EntityFrameworkCore;
using Microsoft.OData.UriParser;

namespace InfluencerCrm.Api.OData.Searching;

/// <summary>
/// Asks the indexes inside texts for candidates before the query runs. A rare word then costs a few rows instead of all of them. For a
/// common one they would be no help: the first page of it is found sooner by reading rows in the order that was asked for than by
/// fetching and sorting tens of thousands. No single statement is good at both on all databases, so whoever gives more than
/// <see cref="Most"/> candidates is stopped there, and the query goes without.
/// </summary>
internal sealed class SearchPlan
{
    /// <summary>A word found this often shows a page of fifty within a twentieth of 100,000 rows.</summary>
    internal const int Most = 1000;

    /// <summary>Each word is a question to the database or two; whoever asks for more of them gets the rows read.</summary>
    private const int MostParts = 24;

    private readonly Sought? _sought;
    private readonly IReadOnlyList<string> _words;

    private SearchPlan(Sought? sought, IReadOnlyList<string> words) => (_sought, _words) = (sought, words);

    public static SearchPlan Of(Type row, SearchClause? search, FilterClause? filter)
    {
        var sought = Sought.Both(Sought.InSearch(row, search?.Expression), Sought.InFilter(row, filter?.Expression));
        var words = search is null || row != typeof(Influencer) ? [] : Words(search.Expression).Distinct(StringComparer.Ordinal).ToList();
        return words.Count + PartsOf(sought) > MostParts ? new SearchPlan(null, []) : new SearchPlan(sought, words);
    }

    public async Task<FoundWords> FindAsync(CrmDbContext db, IDatabaseProvider provider, CancellationToken ct)
    {
        if (!provider.HasSearchIndex || (_sought is null && _words.Count == 0))
        {
            return FoundWords.Nothing;
        }

        var linked = new Dictionary<string, List<int>?>(StringComparer.Ordinal);
        foreach (var word in _words)
        {
            var people = await LinkedWords.KeysOf(db, word, Most + 1).ToListAsync(ct);
            linked[word] = people.Count > Most ? null : [.. people.Distinct()];
        }

        return new FoundWords(await new Lookup(db, provider, linked).KeysAsync(_sought, ct), linked);
    }

    private static IEnumerable<string> Words(QueryNode node) => node switch
    {
        SearchTermNode term => [SearchText.Normalise(term.Text)],
        BinaryOperatorNode both => Words(both.Left).Concat(Words(both.Right)),
        UnaryOperatorNode not => Words(not.Operand),
        _ => [],
    };

    private static int PartsOf(Sought? sought) => sought switch
    {
        Sought.All all => all.Of.Sum(PartsOf),
        Sought.Any any => any.Of.Sum(PartsOf),
        null => 0,
        _ => 1,
    };

    private sealed class Lookup(CrmDbContext db, IDatabaseProvider provider, Dictionary<string, List<int>?> linked)
    {
        /// <summary>Keys of all rows that may match; null: too many, or no index can tell.</summary>
        public async Task<HashSet<int>?> KeysAsync(Sought? sought, CancellationToken ct)
        {
            switch (sought)
            {
                case Sought.Part part:
                    return await TogetherAsync(part.Text, [part], ct);
                case Sought.All all:
                    HashSet<int>? common = null;
                    foreach (var parts in all.Of.OfType<Sought.Part>().GroupBy(p => p.Text))
                    {
                        common = Both(common, await TogetherAsync(parts.Key, [.. parts], ct));
                    }

                    foreach (var other in all.Of.Where(s => s is not Sought.Part))
                    {
                        common = Both(common, await KeysAsync(other, ct));
                    }

                    return common;
                case Sought.Any any:
                    var together = new HashSet<int>();
                    foreach (var one in any.Of)
                    {
                        if (await KeysAsync(one, ct) is not { } keys)
                        {
                            return null;
                        }

                        together.UnionWith(keys);
                    }

                    return together;
                default:
                    return null;
            }
        }

        /// <summary>
        /// A row that holds all parts holds them in its own text, which the index finds with one question however common each is alone, or
        /// at least one of them by a link. A part that too many rows are linked to says nothing; the others still do.
        /// </summary>
        private async Task<HashSet<int>?> TogetherAsync(SearchedText text, IReadOnlyList<Sought.Part> parts, CancellationToken ct)
        {
            var telling = parts.Where(p => !p.Linked || linked[p.Value] is not null).ToList();
            if (provider.MayHold(db, text, [.. telling.Select(p => p.Value).Distinct(StringComparer.Ordinal)]) is not { } candidates)
            {
                return null;
            }

            var most = Most + 1;
            var keys = await candidates.Take(most).ToListAsync(ct);
            return keys.Count > Most ? null : [.. keys, .. telling.Where(p => p.Linked).SelectMany(p => linked[p.Value]!)];
        }

        private static HashSet<int>? Both(HashSet<int>? left, HashSet<int>? right)
        {
            if (left is null || right is null)
            {
                return left ?? right;
            }

            left.IntersectWith(right);
            return left;
        }
    }
}
