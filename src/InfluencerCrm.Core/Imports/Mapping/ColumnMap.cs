using InfluencerCrm.Core.Errors;
using InfluencerCrm.Core.Influencers;

namespace InfluencerCrm.Core.Imports.Mapping;

/// <summary>Which column of a file says what; null for a column that is not taken.</summary>
public sealed class ColumnMap
{
    private readonly PersonField?[] _fields;
    private readonly HashSet<PersonField> _known;

    private ColumnMap(IReadOnlyList<string> headings, PersonField?[] fields)
    {
        Headings = headings;
        _fields = fields;
        _known = [.. fields.OfType<PersonField>()];
    }

    public IReadOnlyList<string> Headings { get; }

    public IReadOnlyList<PersonField?> Fields => _fields;

    /// <summary>Headings that are not taken, to be told to whoever imports.</summary>
    public IReadOnlyList<string> Ignored => [.. Headings.Where((heading, i) => _fields[i] is null && !string.IsNullOrWhiteSpace(heading))];

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
        for (var i = 0; i < keys.Length; i++)
        {
            // "Nom" beside "Prénom" is the family name; alone it is the whole name.
            if (PersonHeadings.Name.Contains(keys[i]))
            {
                fields[i] = fields.Contains(PersonField.FirstName) && !fields.Contains(PersonField.LastName) ? PersonField.LastName : PersonField.DisplayName;
            }
            else if (PersonHeadings.Title.Contains(keys[i]) && !fields.Contains(PersonField.Function))
            {
                fields[i] = PersonField.Function;
            }
        }

        for (var i = 0; chosen is not null && i < keys.Length; i++)
        {
            fields[i] = chosen.TryGetValue(keys[i], out var field) ? field : fields[i];
        }

        return Checked(new ColumnMap(headings, fields));
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
