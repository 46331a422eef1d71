using System.Buffers;
using InfluencerCrm.Core.Influencers;

namespace InfluencerCrm.Core.Imports.Mapping;

/// <summary>The addresses of one cell: one, several, or <c>Zoé Lefèvre &lt;zoe@example.org&gt;</c>.</summary>
internal static class EmailCell
{
    private static readonly SearchValues<char> Separators = SearchValues.Create(" ;,|/<>()[]\"'\t\r\n\u00a0\u200b\ufeff");

    private static readonly string[] Joining = ["ou", "or", "et", "and", "und", "&", ":::", "-", "+", "o", "y", "e"];

    /// <summary>Adds the addresses; gives the reason where any of it is not one.</summary>
    public static string? Read(string cell, List<PersonEmail> emails)
    {
        if (!cell.AsSpan().ContainsAny(Separators) && !cell.StartsWith("mailto:", StringComparison.OrdinalIgnoreCase))
        {
            return Add(cell, emails);
        }

        var rest = cell.AsSpan();
        var bracketed = rest.Contains('<') && rest.Contains('>');
        var found = 0;
        while (!rest.IsEmpty)
        {
            var end = rest.IndexOfAny(Separators);
            var word = end < 0 ? rest : rest[..end];
            rest = end < 0 ? default : rest[(end + 1)..];
            if (word.StartsWith("mailto:", StringComparison.OrdinalIgnoreCase))
            {
                word = word["mailto:".Length..];
            }

            if (word.Contains('@'))
            {
                found++;
                if (Add(word.ToString(), emails) is { } reason)
                {
                    return reason;
                }
            }
            else if (!word.IsEmpty && !bracketed && Array.IndexOf(Joining, word.ToString().ToLowerInvariant()) < 0)
            {
                // "jean dupont@example.org" is a slip: the address left over would be somebody else's.
                return cell.Contains('@', StringComparison.Ordinal) ? "There is a space or a word beside the address." : "There is no @ in it.";
            }
        }

        return found > 0 ? null : "There is no @ in it.";
    }

    /// <summary>The name of <c>Zoé Lefèvre &lt;zoe@example.org&gt;</c>; null where the cell has none, or several addresses.</summary>
    public static string? NameIn(string cell)
    {
        var open = cell.IndexOf('<', StringComparison.Ordinal);
        if (open <= 0 || cell.IndexOf('<', open + 1) >= 0 || cell.AsSpan().Count('@') != 1 || cell.IndexOf('@', StringComparison.Ordinal) < open)
        {
            return null;
        }

        var name = cell.AsSpan(0, open).Trim(" \t\"'\u00a0");
        return name.Length is > 1 and <= PersonLimits.Name && CellText.Problem(name.ToString(), oneLine: true) is null ? name.ToString() : null;
    }

    private static string? Add(string value, List<PersonEmail> emails)
    {
        if (!AddressKey.TryParse(value, out var key, out var reason))
        {
            return reason;
        }

        foreach (var email in emails)
        {
            if (email.Key == key)
            {
                return null;
            }
        }

        emails.Add(new PersonEmail(value, key, RoleAddress.IsShared(key)));
        return null;
    }
}
