namespace InfluencerCrm.Api.Tests.Fuzz;

/// <summary>The chance of one request: made of the run's seed and the request's number, so that each can be repeated without those before it.</summary>
internal sealed class Dice(int seed, int number)
{
    private readonly Random _random = new(unchecked((seed * 1_000_003) + number));

    /// <summary>A number from zero, below this.</summary>
    public int Next(int below) => _random.Next(below);

    public bool Chance(int percent) => _random.Next(100) < percent;

    public T Pick<T>(params IReadOnlyList<T> items) => items[_random.Next(items.Count)];

    /// <summary>One of the ways to make something; only that one is made.</summary>
    public T One<T>(params IReadOnlyList<Func<T>> ways) => Pick(ways)();

    public byte[] Bytes(int count)
    {
        var bytes = new byte[count];
        _random.NextBytes(bytes);
        return bytes;
    }

    /// <summary>So many words, behind each other.</summary>
    public string Repeat(int least, int below, string separator, Func<string> word) => string.Join(separator, Enumerable.Range(0, least + Next(below - least)).Select(_ => word()));
}
