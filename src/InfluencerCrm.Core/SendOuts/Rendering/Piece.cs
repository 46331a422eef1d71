namespace InfluencerCrm.Core.SendOuts.Rendering;

/// <summary>A piece of a rendered template, in order: what the author wrote, or a value that has to stay text.</summary>
internal readonly record struct Piece(string Text, bool IsValue)
{
    public bool IsBlank => string.IsNullOrWhiteSpace(Text);
}

/// <summary>
/// The same for all whose mails differ in values only: the author's pieces, and where values stand between them that are empty or are not. What the
/// template itself wrote is the same string for everybody, so that comparing costs next to nothing.
/// </summary>
internal sealed class PieceShape : IEqualityComparer<IReadOnlyList<Piece>>
{
    /// <summary>Pieces of this shape, without anybody's values.</summary>
    public static IReadOnlyList<Piece> Of(IReadOnlyList<Piece> pieces) =>
        [.. pieces.Select(p => p.IsValue ? p with { Text = p.IsBlank ? "" : "x" } : p)];

    public bool Equals(IReadOnlyList<Piece>? x, IReadOnlyList<Piece>? y)
    {
        if (x is null || y is null || x.Count != y.Count)
            return ReferenceEquals(x, y);

        for (var i = 0; i < x.Count; i++)
        {
            if (x[i].IsValue != y[i].IsValue || (x[i].IsValue ? x[i].IsBlank != y[i].IsBlank : x[i].Text != y[i].Text))
                return false;
        }

        return true;
    }

    public int GetHashCode(IReadOnlyList<Piece> obj)
    {
        var hash = default(HashCode);
        foreach (var piece in obj)
        {
            hash.Add(piece.IsValue ? piece.IsBlank ? -1 : -2 : piece.Text.Length);
        }

        return hash.ToHashCode();
    }
}
