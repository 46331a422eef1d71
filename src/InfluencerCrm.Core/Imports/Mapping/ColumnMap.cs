using InfluencerCrm.Core.Errors;
using InfluencerCrm.Core.Influencers;

namespace InfluencerCrm.Core.Imports.Mapping;

/// <summary>Which column of a file says what; null for a column that is not taken.</summary>
public sealed class ColumnMap
{
    private readonly PersonField?[] _fields;
    private readonly HashSet<PersonField> _known;
    private readonly int?[] _labels;

    private ColumnMap(IReadOnlyList<string> headings, PersonField?[] fields)
    {
        Headings = headings;
        _fields = fields;
        _known = [.. fields.OfType<PersonField>()];
        _labels = [.. fields.Select((field, i) => field == PersonField.Phone && i > 0 && IsLabel(headings[i - 1], headings[i]) ? i - 1 : (int?)null)];
    }

    public IReadOnlyList<string> Headings { get; }

    public IReadOnlyList<PersonField?> Fields => _fields;

    /// <summary>Headings that are not taken, to be told to whoever imports.</summary>
    public IReadOnlyList<string> Ignored => [.. Headings.Where((heading, i) => _fields[i] is null && !string.IsNullOrWhiteSpace(heading))];

    /// <summary>The column that says of what sort the values of another are (<c>Phone 1 - Label</c>); null where there is none.</summary>
    internal int? LabelOf(int column) => _labels[column];

    public bool Has(PersonField field) => _known.Contains(field);

    /// <summary>A mapping that somebody chose.</summary>
    public static ColumnMap Of(IReadOnlyList<string> headings, IReadOnlyList<PersonField?> fields)
    {
        ArgumentNullException.ThrowIfNull(headings);
        ArgumentNullException.ThrowIfNull(fields);
        ArgumentOutOfRangeException.ThrowIfNotEqual(fields.Count, headings.Count);
        return Checked(new ColumnMap(headings, [.. fields]));
    }

    /// <summary>The mapping that the headings suggest.</summary>
    /// <param name="headings">As the file has them.</param>
    /// <param name="chosen">What somebody chose, by the key of the heading; null: nothing.</param>
    /// <exception cref="RuleViolation">No column holds names or addresses.</exception>
    public static ColumnMap Guess(IReadOnlyList<string> headings, IReadOnlyDictionary<string, PersonField?>? chosen = null)
    {
        ArgumentNullException.ThrowIfNull(headings);
        var keys = headings.Select(h => WordKey.Of(h)).ToArray();
        var fields = keys.Select(k => k.Length == 0 ? null : PersonHeadings.Find(k)).ToArray();
        var hasFunction = fields.Contains(PersonField.Function);
        for (var i = 0; i < keys.Length; i++)
        {
            // "Nom" beside "Prénom" is the family name; alone it is the whole name.
            if (PersonHeadings.Name.Contains(keys[i]))
            {
                fields[i] = fields.Contains(PersonField.FirstName) && !fields.Contains(PersonField.LastName) ? PersonField.LastName : PersonField.DisplayName;
            }
            else if (PersonHeadings.Title.Contains(keys[i]) && !hasFunction)
            {
                fields[i] = PersonField.Function;
            }
            else if (fields[i] == PersonField.City && IsPrivatePlace(keys, i))
            {
                fields[i] = null;
            }
        }

        for (var i = 0; chosen is not null && i < keys.Length; i++)
        {
            fields[i] = chosen.TryGetValue(keys[i], out var field) ? field : fields[i];
        }

        return Checked(new ColumnMap(headings, fields));
    }

    /// <summary>True for a place that belongs to the private address before it, as Thunderbird writes it: two columns "Ville".</summary>
    private static bool IsPrivatePlace(string[] keys, int column) =>
        keys[Math.Max(0, column - 2)..column].Any(k => k.StartsWith("adresseprivee", StringComparison.Ordinal) || k.StartsWith("homeaddress", StringComparison.Ordinal));

    /// <summary>Google's <c>Phone 2 - Label</c> (or <c>Type</c>) before its <c>Phone 2 - Value</c>.</summary>
    private static bool IsLabel(string heading, string valueHeading)
    {
        var (label, value) = (WordKey.Of(heading), WordKey.Of(valueHeading));
        return value.EndsWith("value", StringComparison.Ordinal) && (label == $"{value[..^5]}label" || label == $"{value[..^5]}type");
    }

    private static ColumnMap Checked(ColumnMap map)
    {
        if (map.Has(PersonField.Email) || map.Has(PersonField.DisplayName) || map.Has(PersonField.LastName))
        {
            return map;
        }

        var found = string.Join(", ", map.Headings.Take(30).Select(h => h.Length > 60 ? $"“{h.AsSpan(0, 60)}…”" : $"“{h}”"));
        var known = string.Join(", ", PersonHeadings.Of(PersonField.Email).Take(6).Concat(PersonHeadings.Of(PersonField.LastName).Take(3)).Append("Name").Append("Nom").Append("Prénom"));
        throw new RuleViolation("importNoPersonColumn", $"No column holds names or e-mail addresses. The file's headings: {found}. Known are, among others: {known}.", "file");
    }
}
