using InfluencerCrm.Core.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace InfluencerCrm.Core.Archives;

/// <summary>One member of a row as the archive holds it.</summary>
/// <param name="Later">Names a row that may come after this one: written in a second pass.</param>
internal sealed record ArchiveColumn(string Name, string Column, IProperty Property, bool Later);

/// <summary>One table of the archive, in the order in which tables are read back.</summary>
internal sealed class ArchiveTable
{
    public ArchiveTable(IEntityType entity, int position, IReadOnlySet<IProperty> later)
    {
        Entity = entity;
        Table = entity.GetTableName()!;
        Name = Words.Camel(Table);
        File = $"tables/{position:00}-{Name}.jsonl";
        var store = StoreObjectIdentifier.Table(Table, entity.GetSchema());
        Columns = [.. entity.GetProperties()
            .Where(p => p.GetColumnName(store) is not null && !ArchiveTables.IsSecret(p))
            .Select(p => new ArchiveColumn(Words.Camel(p.Name), p.GetColumnName(store)!, p, later.Contains(p)))
            .OrderBy(c => !c.Property.IsPrimaryKey()).ThenBy(c => c.Name, StringComparer.Ordinal)];
    }

    public IEntityType Entity { get; }

    public string Table { get; }

    public string Name { get; }

    /// <summary>Where it stands in the archive.</summary>
    public string File { get; }

    /// <summary>The key first.</summary>
    public IReadOnlyList<ArchiveColumn> Columns { get; }

    public IEnumerable<ArchiveColumn> Keys => Columns.Where(c => c.Property.IsPrimaryKey());

    public IReadOnlyList<ArchiveColumn> Later => [.. Columns.Where(c => c.Later)];
}
