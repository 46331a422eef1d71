using InfluencerCrm.Core.Coverage;
using InfluencerCrm.Core.Influencers;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace InfluencerCrm.Core.Data;

/// <summary>A normalised text of a big table, which databases index for looking inside it.</summary>
/// <param name="Row">The kind of rows; their key is an <see cref="int"/>.</param>
/// <param name="Property">The text that is indexed.</param>
/// <param name="Within">Texts of the same row that are whole inside it, so that its index finds what they hold too.</param>
public sealed record SearchedText(Type Row, string Property, params IReadOnlyList<string> Within)
{
    // Outlets, topics and the other sets stay small enough to be read.
    public static IReadOnlyList<SearchedText> All { get; } =
    [
        new(typeof(Influencer), nameof(Influencer.SearchText), nameof(Influencer.DisplayNameSearch), nameof(Influencer.FirstNameSearch), nameof(Influencer.LastNameSearch), nameof(Influencer.BioSearch)),
        new(typeof(CoveragePiece), nameof(CoveragePiece.TitleSearch)),
    ];

    /// <summary>The text whose index finds what this property holds; null where there is none.</summary>
    public static SearchedText? Of(Type row, string property) => All.FirstOrDefault(t => t.Row == row && (t.Property == property || t.Within.Contains(property)));

    /// <summary>Its place in the database.</summary>
    public SearchedColumn ColumnIn(IModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        var entity = model.FindEntityType(Row)!;
        var store = StoreObjectIdentifier.Table(entity.GetTableName()!, entity.GetSchema());
        return new SearchedColumn(
            store.Name,
            entity.FindPrimaryKey()!.Properties[0].GetColumnName(store)!,
            entity.FindProperty(Property)!.GetColumnName(store)!,
            typeof(IErasable).IsAssignableFrom(Row) ? entity.FindProperty(nameof(IErasable.ErasedAt))!.GetColumnName(store) : null);
    }
}

/// <summary>A column that databases index for looking inside it.</summary>
/// <param name="Key">The column of the row's key.</param>
/// <param name="Erased">The column that says since when the row is erased, if its rows can be.</param>
public sealed record SearchedColumn(string Table, string Key, string Column, string? Erased)
{
    /// <summary>What its index is called.</summary>
    public string Index => $"{Table}{Column}";
}
