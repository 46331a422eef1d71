using InfluencerCrm.Core.Imports.Clippings;
using InfluencerCrm.Core.Imports.Mapping;
using InfluencerCrm.Core.Imports.Opposing;
using InfluencerCrm.Core.Imports.Places;
using InfluencerCrm.Core.Influencers;

namespace InfluencerCrm.Core.Imports.Reading;

/// <summary>
/// Finds the headings among the first rows of a table: people write a title, a date and "confidential" above them, and sometimes a
/// line of groups ("Contact", "Address") over the line of the headings proper.
/// </summary>
internal static class HeadingRows
{
    /// <summary>How many rows are looked at; what is still no heading then is none.</summary>
    public const int Most = 20;

    private const int LongestHeading = 80;

    /// <summary>People, outlets, coverage, suppressions: what a file's headings may be of.</summary>
    private static readonly Func<string, bool>[] Kinds =
    [
        PersonHeadings.Knows,
        cell => OutletHeadings.Table.Find(cell) is not null,
        cell => CoverageHeadings.Table.Find(cell) is not null,
        cell => SuppressionHeadings.Table.Find(cell) is not null,
    ];

    private static readonly string[] Private = ["prive", "privee", "perso", "personnel", "personnelle", "domicile", "home", "private", "personal"];

    /// <summary>True where a look at more rows cannot change what <see cref="Find"/> says.</summary>
    public static bool IsEnough(IReadOnlyList<string[]> rows) => rows.Count >= Most || (rows.Count > 1 && Known(rows[^2]) >= 2);

    /// <param name="rows">Rows that are not blank, from the first on.</param>
    /// <returns>The row of the headings, and the headings; the rows before it are no contacts.</returns>
    public static (int Index, string[] Headings) Find(IReadOnlyList<string[]> rows)
    {
        var index = Index(rows);
        if (index + 1 < rows.Count && Known(rows[index]) >= 1 && IsHeadings(rows[index + 1]))
        {
            return (index + 1, Joined(rows[index], rows[index + 1]));
        }

        return (index, index > 0 && Filled(rows[index - 1]) >= 2 ? Joined(rows[index - 1], rows[index]) : rows[index]);
    }

    /// <summary>How many of the cells are known as headings of one kind of file: of people, or of another where that knows more of them.</summary>
    public static int Known(ReadOnlySpan<string> cells)
    {
        var most = 0;
        foreach (var kind in Kinds)
        {
            var count = 0;
            foreach (var cell in cells)
            {
                count += IsHeading(cell, kind) ? 1 : 0;
            }

            most = Math.Max(most, count);
        }

        return most;
    }

    /// <summary>How many of the cells are known as headings of people.</summary>
    public static int KnownOfPeople(ReadOnlySpan<string> cells)
    {
        var count = 0;
        foreach (var cell in cells)
        {
            count += IsHeading(cell, PersonHeadings.Knows) ? 1 : 0;
        }

        return count;
    }

    private static int Index(IReadOnlyList<string[]> rows)
    {
        var first = Known(rows[0]);
        for (var i = 0; first < 2 && i < rows.Count; i++)
        {
            if (Known(rows[i]) >= 2)
            {
                return i;
            }
        }

        if (first > 0 || Filled(rows[0]) > 1)
        {
            return 0;
        }

        // None is known. A text that stands alone above the first row of several cells is a title.
        for (var i = 1; i < rows.Count; i++)
        {
            if (Filled(rows[i]) > 1)
            {
                return i;
            }
        }

        return 0;
    }

    private static bool IsKnown(string cell) => Array.Exists(Kinds, kind => IsHeading(cell, kind));

    private static bool IsHeading(string cell, Func<string, bool> kind) => cell.Length is > 1 and <= LongestHeading && kind(cell);

    /// <summary>True for a line that can only be headings; nobody's contact is mostly of such words, without an address.</summary>
    private static bool IsHeadings(string[] cells)
    {
        var known = Known(cells);
        return known >= 2 && known * 3 >= Filled(cells) * 2 && !Array.Exists(cells, c => c.Contains('@', StringComparison.Ordinal));
    }

    private static int Filled(string[] cells) => cells.Count(c => !string.IsNullOrWhiteSpace(c));

    /// <summary>The lower line, and from the upper one what the lower leaves empty (a cell merged over both) or does not say alone.</summary>
    private static string[] Joined(string[] upper, string[] lower)
    {
        var headings = new string[Math.Max(upper.Length, lower.Length)];
        var group = "";
        for (var i = 0; i < headings.Length; i++)
        {
            var above = i < upper.Length ? upper[i] : "";
            var own = i < lower.Length ? lower[i] : "";
            group = string.IsNullOrWhiteSpace(above) ? group : above;
            headings[i] = string.IsNullOrWhiteSpace(own) ? (IsKnown(above) ? above : own) : Under(group, own);
        }

        return headings;
    }

    private static string Under(string group, string own)
    {
        var (groupKey, key) = (WordKey.Of(group), WordKey.Of(own));
        if (groupKey.Length == 0 || group.Length + own.Length > LongestHeading || groupKey == key)
        {
            return own;
        }

        // "Media" over "Name" is the outlet's name; "Private" over "Phone" is a private phone, which is not taken.
        var joined = $"{group.Trim()} {own.Trim()}";
        return PersonHeadings.Name.Contains(key) && PersonHeadings.Find(groupKey) == PersonField.Outlet ? group
            : Private.Contains(groupKey) || IsKnown(joined) ? joined
            : own;
    }
}
