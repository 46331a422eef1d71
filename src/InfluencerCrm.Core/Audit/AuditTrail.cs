using System.Collections.Concurrent;
using System.Globalization;
using System.Reflection;
using System.Text.Json;
using InfluencerCrm.Core.Access;
using InfluencerCrm.Core.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata;

namespace InfluencerCrm.Core.Audit;

/// <summary>An audit entry whose key may not be known before the save.</summary>
internal sealed record PendingAudit(EntityEntry Entry, AuditKind Kind, long Key, int? InfluencerId, string? Changes, Actor Actor, DateTime At)
{
    public AuditEntry ToEntry() => AuditEntry.Of(Kind, Entry.Metadata.ClrType.Name, Kind == AuditKind.Created ? AuditTrail.KeyOf(Entry) : Key,
        Kind == AuditKind.Created ? AuditTrail.SubjectOf(Entry) : InfluencerId, Changes, Actor, At);
}

/// <summary>Collects from the change tracker what the audit keeps of a save.</summary>
internal static class AuditTrail
{
    private static readonly ConcurrentDictionary<Type, bool> Audited = new();

    private static readonly string[] Bookkeeping = [nameof(IRow.Version), nameof(IRow.UpdatedAt), nameof(IRow.CreatedAt)];

    public static IReadOnlyList<PendingAudit> Collect(CrmDbContext db, DateTime now)
    {
        var actor = db.Actor!;
        var pending = new List<PendingAudit>();
        foreach (var entry in db.ChangeTracker.Entries<IRow>())
        {
            var kind = entry.State switch
            {
                EntityState.Added => AuditKind.Created,
                EntityState.Modified => AuditKind.Changed,
                EntityState.Deleted => AuditKind.Deleted,
                _ => (AuditKind?)null,
            };
            if (kind is null || !IsAudited(entry.Metadata.ClrType))
            {
                continue;
            }

            var changes = kind == AuditKind.Changed ? ChangesOf(entry) : null;
            if (kind == AuditKind.Changed && changes is null)
            {
                continue;
            }

            pending.Add(new PendingAudit(entry, kind.Value, kind == AuditKind.Created ? 0 : KeyOf(entry), SubjectOf(entry), changes, actor, now));
        }

        return pending;
    }

    internal static long KeyOf(EntityEntry entry) =>
        Convert.ToInt64(entry.Property(entry.Metadata.FindPrimaryKey()!.Properties[0].Name).CurrentValue, CultureInfo.InvariantCulture);

    internal static int? SubjectOf(EntityEntry entry) =>
        entry.Entity is IErasable ? (int)KeyOf(entry)
        : entry.Metadata.FindProperty("InfluencerId") is { } subject ? (int?)entry.Property(subject).CurrentValue
        : null;

    private static bool IsAudited(Type type) =>
        Audited.GetOrAdd(type, t => t != typeof(AuditEntry) && t.GetCustomAttribute<NotAuditedAttribute>() is null);

    private static string? ChangesOf(EntityEntry entry)
    {
        var changes = new Dictionary<string, object?[]>();
        foreach (var property in entry.Properties.Where(p => p.IsModified && IsKept(p.Metadata)))
        {
            if (!Equals(property.OriginalValue, property.CurrentValue))
            {
                changes[Words.Camel(property.Metadata.Name)] = [property.OriginalValue, property.CurrentValue];
            }
        }

        return changes.Count == 0 ? null : JsonSerializer.Serialize(changes, Format);
    }

    private static readonly JsonSerializerOptions Format = new()
    {
        Converters = { new System.Text.Json.Serialization.JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private static bool IsKept(IProperty property) =>
        !Bookkeeping.Contains(property.Name) && property.PropertyInfo?.GetCustomAttribute<NotAuditedAttribute>() is null;
}
