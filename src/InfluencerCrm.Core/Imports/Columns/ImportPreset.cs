using InfluencerCrm.Core.Access;
using InfluencerCrm.Core.Data;
using InfluencerCrm.Core.Errors;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace InfluencerCrm.Core.Imports.Columns;

/// <summary>A choice of columns that is kept under a name, for files that come again and again with the same headings.</summary>
[Access(Right.WriteContacts)]
public sealed class ImportPreset : Entity, IWritable<ImportPreset, ImportPresetChanges>
{
    private ImportPreset()
    {
    }

    /// <summary>Under which an import asks for it; unique.</summary>
    public string Name { get; private set; } = "";

    public ImportKind Kind { get; private set; }

    /// <summary>The columns that are chosen; others are taken by what their headings say.</summary>
    public List<ImportPresetColumn> Columns { get; private set; } = [];

    public static ImportPreset Create(ImportPresetChanges changes)
    {
        ArgumentNullException.ThrowIfNull(changes);
        var preset = new ImportPreset { Name = changes.Name.Required("name") };
        preset.Apply(changes);
        return preset;
    }

    public void Apply(ImportPresetChanges changes)
    {
        ArgumentNullException.ThrowIfNull(changes);
        Name = changes.Name.Or(Name).Trim();
        Kind = changes.Kind.Or(Kind);
    }
}

/// <summary>What may be sent for a preset.</summary>
public sealed record ImportPresetChanges
{
    /// <summary>Unique; the word by which <c>POST /api/imports?preset=</c> names it.</summary>
    public Optional<string> Name { get; init; }

    /// <summary>Not given: influencers.</summary>
    public Optional<ImportKind> Kind { get; init; }
}

/// <summary>One column of a preset.</summary>
[Access(Right.WriteContacts)]
public sealed class ImportPresetColumn : Entity, IPart, IWritable<ImportPresetColumn, ImportPresetColumnChanges>
{
    private ImportPresetColumn()
    {
    }

    public int PresetId { get; private set; }

    /// <summary>As the file has it; case, accents and punctuation do not count.</summary>
    public string Heading { get; private set; } = "";

    /// <summary>The field's word, as <c>imports</c> shows it in <c>columns</c>; empty: the column is not taken.</summary>
    public string? Field { get; private set; }

    public static ImportPresetColumn Create(ImportPresetColumnChanges changes)
    {
        ArgumentNullException.ThrowIfNull(changes);
        var column = new ImportPresetColumn { Heading = changes.Heading.Required("heading") };
        column.Apply(changes);
        return column;
    }

    public void Apply(ImportPresetColumnChanges changes)
    {
        ArgumentNullException.ThrowIfNull(changes);
        Heading = changes.Heading.Or(Heading);
        Field = string.IsNullOrWhiteSpace(changes.Field.Or(Field)) ? null : changes.Field.Or(Field);
    }

    public void AttachTo(int ownerId) => PresetId = ownerId;
}

/// <summary>What may be sent for a column of a preset.</summary>
public sealed record ImportPresetColumnChanges
{
    public Optional<string> Heading { get; init; }

    public Optional<string?> Field { get; init; }
}

/// <summary>A preset's columns name fields of its kind.</summary>
internal sealed class PresetFields(CrmDbContext db) : IRowRule<ImportPresetColumn>, IRowRule<ImportPreset>
{
    public async Task CheckAsync(ImportPresetColumn row, CancellationToken ct)
    {
        var kind = await db.ImportPresets.Where(p => p.Id == row.PresetId).Select(p => (ImportKind?)p.Kind).FirstOrDefaultAsync(ct);
        if (kind is { } known)
        {
            Check(known, row);
        }
    }

    public async Task CheckAsync(ImportPreset row, CancellationToken ct)
    {
        foreach (var column in await db.ImportPresetColumns.Where(c => c.PresetId == row.Id).ToListAsync(ct))
        {
            Check(row.Kind, column);
        }
    }

    private static void Check(ImportKind kind, ImportPresetColumn column)
    {
        var fields = ImportColumns.FieldsOf(kind);
        if (column.Field is { } field && !fields.Contains(field))
        {
            throw new RuleViolation("unknownField", $"\"{field}\" is no field of this kind of import; there are {string.Join(", ", fields)}.", "field");
        }
    }
}

internal sealed class ImportPresetConfiguration : IEntityTypeConfiguration<ImportPreset>, IEntityTypeConfiguration<ImportPresetColumn>
{
    public void Configure(EntityTypeBuilder<ImportPreset> builder)
    {
        builder.Property(p => p.Name).HasMaxLength(100);
        builder.HasIndex(p => p.Name).IsUnique();
        builder.HasMany(p => p.Columns).WithOne().HasForeignKey(c => c.PresetId).OnDelete(DeleteBehavior.Cascade);
    }

    public void Configure(EntityTypeBuilder<ImportPresetColumn> builder)
    {
        builder.Property(c => c.Heading).HasMaxLength(400);
        builder.Property(c => c.Field).HasMaxLength(60);
        builder.HasIndex(c => c.PresetId);
    }
}
