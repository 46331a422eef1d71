namespace InfluencerCrm.Core.Demo;

/// <summary>SplitMix64: the same numbers for a seed on every runtime, which <see cref="Random"/> does not promise between versions.</summary>
internal sealed class DemoRandom(int seed)
{
    private ulong _state = unchecked((ulong)seed * 0x9E3779B97F4A7C15UL);

    /// <summary>From 0 to <paramref name="below"/> - 1.</summary>
    public int Next(int below) => (int)(Draw() % (ulong)below);

    public int Between(int least, int most) => least + Next(most - least + 1);

    public bool Chance(double probability) => Draw() / (double)ulong.MaxValue < probability;

    public T Pick<T>(IReadOnlyList<T> from) => from[Next(from.Count)];

    /// <summary>A new list in another order.</summary>
    public List<T> Shuffled<T>(IEnumerable<T> source)
    {
        var list = source.ToList();
        for (var i = list.Count - 1; i > 0; i--)
        {
            var j = Next(i + 1);
            (list[i], list[j]) = (list[j], list[i]);
        }

        return list;
    }

    private ulong Draw()
    {
        unchecked
        {
            var z = _state += 0x9E3779B97F4A7C15UL;
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
            return z ^ (z >> 31);
        }
    }
}

/// <summary>Gives hand-written texts out so that each is used before any is used again.</summary>
internal sealed class DemoDeck<T>(DemoRandom random, IEnumerable<T> cards)
{
    private readonly List<T> _cards = random.Shuffled(cards);
    private int _next;

    public int Count => _cards.Count;

    /// <summary>The next card that fits; null where none does.</summary>
    public T? Draw(Func<T, bool> fits)
    {
        for (var i = 0; i < _cards.Count; i++)
        {
            var at = (_next + i) % _cards.Count;
            if (fits(_cards[at]))
            {
                // Used cards go to the back; what was passed over keeps its turn.
                var card = _cards[at];
                _cards.RemoveAt(at);
                _cards.Add(card);
                _next = at < _next ? _next - 1 : _next;
                _next = _next >= _cards.Count ? 0 : _next;
                return card;
            }
        }

        return default;
    }
}
