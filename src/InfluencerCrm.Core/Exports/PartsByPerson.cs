using Microsoft.EntityFrameworkCore;

namespace InfluencerCrm.Core.Exports;

/// <summary>Something a person has several of.</summary>
internal abstract class PartOfPerson : IComparable<PartOfPerson>
{
    public required int Person { get; init; }

    public required int Id { get; init; }

    /// <summary>The order among those of one person.</summary>
    public virtual int CompareTo(PartOfPerson? other) => Id.CompareTo(other?.Id);
}

/// <summary>The parts of one page's people, found by walking along with them.</summary>
internal sealed class PartsByPerson<T>
    where T : PartOfPerson
{
    private readonly T[] _parts;
    private int _next;

    private PartsByPerson(T[] parts) => _parts = parts;

    public static PartsByPerson<T> None { get; } = new([]);

    public static async Task<PartsByPerson<T>> ReadAsync(IQueryable<T> parts, CancellationToken ct)
    {
        var read = await parts.ToArrayAsync(ct);
        Array.Sort(read, static (a, b) => a.Person != b.Person ? a.Person.CompareTo(b.Person) : a.CompareTo(b));
        return new PartsByPerson<T>(read);
    }

    /// <param name="person">Asked for in ascending order.</param>
    public ReadOnlySpan<T> Of(int person)
    {
        while (_next < _parts.Length && _parts[_next].Person < person)
        {
            _next++;
        }

        var first = _next;
        while (_next < _parts.Length && _parts[_next].Person == person)
        {
            _next++;
        }

        return _parts.AsSpan(first.._next);
    }
}
