using System.Linq.Expressions;
using System.Reflection;
using InfluencerCrm.Core.Errors;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata;

namespace InfluencerCrm.Core.Data;

/// <summary>
/// The rules every row keeps whatever wrote it, read from the model: required members are there, texts fit and hold no
/// control characters, and the rows it names exist and may be seen by the actor. So a new entity set needs none of this again.
/// </summary>
internal static class RowRules
{
    public static async Task CheckAsync(CrmDbContext db, CancellationToken ct)
    {
        var actor = db.Actor ?? throw new Forbidden("Nobody is signed in.");
        var problems = new List<ErrorDetail>();
        var references = new Dictionary<IEntityType, Dictionary<object, List<string>>>();
        foreach (var entry in db.ChangeTracker.Entries())
        {
            if (entry.State is not (EntityState.Added or EntityState.Modified))
            {
                continue;
            }

            CheckProperties(entry, problems);
            if (!actor.IsSystem)
            {
                CollectReferences(entry, references);
            }
        }

        foreach (var (principal, keys) in references)
        {
            var existing = await ExistingAsync(db, principal, keys.Keys, ct);
            problems.AddRange(
                from key in keys
                where !existing.Contains(key.Key)
                from target in key.Value
                select new ErrorDetail("missingReference", $"{target}: there is no {Words.Of(principal.ClrType)} {key.Key}, or you may not see it.", target));
        }

        if (problems.Count > 0)
        {
            throw RuleViolation.Of(problems);
        }
    }

    private static void CheckProperties(EntityEntry entry, List<ErrorDetail> problems)
    {
        foreach (var property in entry.Metadata.GetProperties())
        {
            var value = entry.Property(property).CurrentValue;
            if (value is null)
            {
                if (!property.IsNullable && !property.IsPrimaryKey() && !property.IsForeignKey())
                {
                    problems.Add(new ErrorDetail("required", $"{Words.Camel(property.Name)} must be given.", Words.Camel(property.Name)));
                }
            }
            else if (value is string text && (entry.State == EntityState.Added || entry.Property(property).IsModified))
            {
                CheckText(property, text, problems);
            }
        }
    }

    private static void CheckText(IProperty property, string text, List<ErrorDetail> problems)
    {
        var target = Words.Camel(property.Name);
        // -1: no limit.
        if (property.GetMaxLength() is { } limit and > 0 && text.Length > limit && !IsSearchText(property))
        {
            problems.Add(new ErrorDetail("tooLong", $"{target} is {text.Length} characters long; {limit} are allowed.", target));
        }

        var oneLine = property.GetMaxLength() is not { } length || length is > 0 and <= ModelConventions.OneLineLength;
        foreach (var c in text)
        {
            if (char.IsControl(c) && (oneLine || c is not ('\r' or '\n' or '\t')))
            {
                problems.Add(new ErrorDetail("controlCharacter", $"{target} holds a control character (U+{(int)c:X4}){(oneLine ? "; it is one line of text" : "")}.", target));
                return;
            }
        }

        if (!property.IsNullable && !property.IsForeignKey() && property.FindAnnotation(MayBeEmpty) is null && string.IsNullOrWhiteSpace(text))
        {
            problems.Add(new ErrorDetail("required", $"{target} must not be empty.", target));
        }
    }

    // Derived and shortened by its entity; nobody who writes a row can be told about it.
    private static bool IsSearchText(IProperty property) =>
        property.Name.EndsWith("Search", StringComparison.Ordinal) || property.Name == nameof(Influencers.Influencer.SearchText);

    /// <summary>Annotation of texts that are required but may be empty (normalised search text).</summary>
    public const string MayBeEmpty = "InfluencerCrm:MayBeEmpty";

    private static void CollectReferences(EntityEntry entry, Dictionary<IEntityType, Dictionary<object, List<string>>> references)
    {
        foreach (var key in entry.Metadata.GetForeignKeys())
        {
            if (key.Properties is not [var property] || key.IsOwnership || entry.Property(property) is not { CurrentValue: { } value } current)
            {
                continue;
            }

            // A temporary value is a parent that is being added in the same save.
            if (current.IsTemporary || (entry.State == EntityState.Modified && !current.IsModified))
            {
                continue;
            }

            if (!references.TryGetValue(key.PrincipalEntityType, out var keys))
            {
                references[key.PrincipalEntityType] = keys = [];
            }

            if (!keys.TryGetValue(value, out var targets))
            {
                keys[value] = targets = [];
            }

            targets.Add(Words.Camel(property.Name));
        }
    }

    private static Task<HashSet<object>> ExistingAsync(CrmDbContext db, IEntityType principal, IEnumerable<object> keys, CancellationToken ct) =>
        (Task<HashSet<object>>)ExistingMethod
            .MakeGenericMethod(principal.ClrType, principal.FindPrimaryKey()!.Properties[0].ClrType)
            .Invoke(null, [db, keys.ToList(), ct])!;

    private static readonly MethodInfo ExistingMethod = typeof(RowRules)
        .GetMethod(nameof(ExistingOfAsync), BindingFlags.Static | BindingFlags.NonPublic)!;

    private static async Task<HashSet<object>> ExistingOfAsync<T, TKey>(CrmDbContext db, List<object> keys, CancellationToken ct)
        where T : class
        where TKey : struct
    {
        var row = Expression.Parameter(typeof(T));
        var id = Expression.Lambda<Func<T, TKey>>(Expression.Property(row, "Id"), row);
        var found = new HashSet<object>();
        foreach (var chunk in keys.Select(k => (TKey)Convert.ChangeType(k, typeof(TKey), System.Globalization.CultureInfo.InvariantCulture)).Chunk(500))
        {
            var contains = Expression.Lambda<Func<T, bool>>(
                Expression.Call(typeof(Enumerable), nameof(Enumerable.Contains), [typeof(TKey)], Expression.Property(Expression.Constant(new { Keys = chunk.ToList() }), "Keys"), id.Body), row);
            found.UnionWith((await db.Set<T>().Where(contains).Select(id).ToListAsync(ct)).Cast<object>());
        }

        // Compare as the foreign key's type: a nullable int boxes as int.
        return found;
    }
}
