using System.Text.Json;
using InfluencerCrm.Core.Data;
using InfluencerCrm.Core.Errors;
using InfluencerCrm.Core.Imports.Changes;
using InfluencerCrm.Core.Imports.Clippings;
using InfluencerCrm.Core.Imports.Mapping;
using InfluencerCrm.Core.Imports.Opposing;
using InfluencerCrm.Core.Imports.Places;
using InfluencerCrm.Core.Influencers;

namespace InfluencerCrm.Core.Imports.Columns;

/// <summary>Finds out what the columns of a file are, for each kind of import: as somebody chose, else by their headings.</summary>
internal static class ImportColumns
{
    /// <summary>The words of the fields that a kind of import knows.</summary>
    public static IReadOnlyList<string> FieldsOf(ImportKind kind) => [.. (kind switch
    {
        ImportKind.Outlets => Enum.GetNames<OutletField>(),
        ImportKind.Coverage => Enum.GetNames<CoverageField>(),
        ImportKind.Suppressions => Enum.GetNames<SuppressionField>(),
        _ => Enum.GetNames<PersonField>(),
    }).Select(Words.Camel)];

    /// <param name="chosen">What somebody chose for some headings; the others are taken by what they say.</param>
    /// <exception cref="RuleViolation">What must be there is not, or the choice is none for this file.</exception>
    public static IReadOnlyList<ColumnUse> Find(ImportKind kind, IReadOnlyList<string> headings, IReadOnlyList<ColumnUse> chosen)
    {
        var byHeading = Checked(kind, headings, chosen);
        return kind switch
        {
            ImportKind.Outlets => Find(headings, byHeading, OutletHeadings.Table, "no column holds names of outlets", OutletField.Name),
            ImportKind.Coverage => Find(headings, byHeading, CoverageHeadings.Table, "no column holds titles or addresses of articles", CoverageField.Title, CoverageField.Url),
            ImportKind.Suppressions => Find(headings, byHeading, SuppressionHeadings.Table, "no column holds e-mail addresses", SuppressionField.Email),
            _ => OfPeople(headings, byHeading),
        };
    }

    public static string ToJson(IReadOnlyList<ColumnUse> columns) => JsonSerializer.Serialize(columns, RowChanges.Json);

    /// <summary>The fields, column by column, as they were found when the import began.</summary>
    public static IReadOnlyList<TField?> Read<TField>(string? columns)
        where TField : struct, Enum =>
        [.. JsonSerializer.Deserialize<List<ColumnUse>>(columns ?? "[]", RowChanges.Json)!.Select(c => c.Field is { } field ? Enum.Parse<TField>(field, ignoreCase: true) : (TField?)null)];

    private static Dictionary<string, string?> Checked(ImportKind kind, IReadOnlyList<string> headings, IReadOnlyList<ColumnUse> chosen)
    {
        var fields = FieldsOf(kind);
        var byHeading = new Dictionary<string, string?>(StringComparer.Ordinal);
        foreach (var column in chosen)
        {
            if (column.Field is not null && !fields.Contains(column.Field))
            {
                throw new RuleViolation("unknownField", $"\"{column.Field}\" is no field of this kind of import; there are {string.Join(", ", fields)}.", "columns");
            }

            byHeading[WordKey.Of(column.Heading)] = column.Field;
        }

        if (byHeading.Count > 0 && !headings.Any(h => byHeading.ContainsKey(WordKey.Of(h))))
        {
            throw new RuleViolation("presetDoesNotFit", $"None of the chosen columns ({Listed(chosen.Select(c => c.Heading))}) is in the file. Its headings: {Listed(headings)}.", "preset");
        }

        return byHeading;
    }

    private static List<ColumnUse> OfPeople(IReadOnlyList<string> headings, Dictionary<string, string?> chosen)
    {
        var map = ColumnMap.Guess(headings, chosen.ToDictionary(c => c.Key, c => c.Value is { } field ? Enum.Parse<PersonField>(field, ignoreCase: true) : (PersonField?)null, StringComparer.Ordinal));
        return [.. headings.Select((h, i) => new ColumnUse(h, Word(map.Fields[i])))];
    }

    private static List<ColumnUse> Find<TField>(IReadOnlyList<string> headings, Dictionary<string, string?> chosen, HeadingTable<TField> table, string problem, params TField[] oneOf)
        where TField : struct, Enum
    {
        var columns = headings.Select(h => new ColumnUse(h, chosen.TryGetValue(WordKey.Of(h), out var field) ? field : Word(table.Find(h)))).ToList();
        return columns.Exists(c => oneOf.Any(f => Word<TField>(f) == c.Field))
            ? columns
            : throw new RuleViolation("importNoKeyColumn", $"Of this file, {problem}. Its headings: {Listed(headings)}. Known are, among others: {string.Join(", ", table.Known)}.", "file");
    }

    private static string? Word<TField>(TField? field)
        where TField : struct, Enum =>
        field is { } known ? Words.Camel(known.ToString()) : null;

    private static string Listed(IEnumerable<string> headings) => string.Join(", ", headings.Take(30).Select(h => h.Length > 60 ? $"“{h.AsSpan(0, 60)}…”" : $"“{h}”"));
}
