namespace InfluencerCrm.Core.Imports.Columns;

/// <summary>Which column of a file says what, for one kind of import.</summary>
internal sealed class FieldMap<TField>(IReadOnlyList<string> headings, IReadOnlyList<TField?> fields)
    where TField : struct, Enum
{
    public IReadOnlyList<string> Headings => headings;

    public IReadOnlyList<TField?> Fields => fields;
}
