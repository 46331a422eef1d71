using System.Globalization;
using System.Reflection;
using System.Runtime.ExceptionServices;
using System.Text.Json.Nodes;
using InfluencerCrm.Core.Data;
using InfluencerCrm.Core.Errors;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OData.Edm;

namespace InfluencerCrm.Api.OData;

/// <summary>
/// A new row that was sent inside its owner, with what was sent inside it (OData 4.01, part 1, 11.4.2.2 "Deep insert"): the participants
/// of an interaction, a person's topics. The whole tree is read before anything is written, and written in one transaction.
/// </summary>
internal sealed record InlineRow(IEdmNavigationProperty Navigation, string Path, object Changes, IReadOnlyList<InlineRow> Rows)
{
    /// <summary>Rows inside one body at most.</summary>
    public const int Most = 500;

    /// <summary>The navigations whose rows may be sent inside a new row: at the top all that hang on it, further in only what is contained.</summary>
    public static IEnumerable<IEdmNavigationProperty> Of(IEdmEntityType entity, bool top) =>
        entity.NavigationProperties().Where(n => n.TargetMultiplicity() == EdmMultiplicity.Many && (top || n.ContainsTarget) && ChangesOf(n) is not null);

    /// <summary>The record that a row of a navigation is sent as; null where the product itself writes them.</summary>
    public static Type? ChangesOf(IEdmNavigationProperty navigation) =>
        EdmTypes.ClrTypeOf(navigation.ToEntityType()).GetInterfaces()
            .FirstOrDefault(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IWritable<,>))?.GetGenericArguments()[1];

    /// <summary>Takes the arrays of rows out of a body.</summary>
    /// <exception cref="Malformed">Such a member is no array of objects, or a row in it cannot be read.</exception>
    public static List<InlineRow> Take(JsonObject body, IEdmEntityType entity, string path = "")
    {
        var rows = new List<InlineRow>();
        foreach (var navigation in Of(entity, top: path.Length == 0))
        {
            if (!body.Remove(navigation.Name, out var value) || value is null)
            {
                continue;
            }

            if (value is not JsonArray items)
            {
                throw new Malformed("wrongType", $"{path}{navigation.Name} must be an array of objects.", $"{path}{navigation.Name}");
            }

            for (var i = 0; i < items.Count; i++)
            {
                var at = string.Create(CultureInfo.InvariantCulture, $"{path}{navigation.Name}[{i}]");
                if (items[i] is not JsonObject item)
                {
                    throw new Malformed("wrongType", $"{at} must be an object.", at);
                }

                // Apart from the array, so that errors name its members from the row on.
                items[i] = null;
                rows.Add(Inside(at, () =>
                {
                    var inner = Take(item, navigation.ToEntityType(), $"{at}.");
                    return new InlineRow(navigation, at, RequestBody.Read(item, ChangesOf(navigation)!, navigation.ToEntityType()), inner);
                }));
            }
        }

        return rows.Sum(r => r.Count) <= Most ? rows : throw new Malformed("tooManyRows", $"A body holds {Most} rows inside its row at most; send the others to their own address.");
    }

    /// <summary>Writes them, in the transaction that is open.</summary>
    public static async Task WriteAsync(IServiceProvider services, IReadOnlyList<InlineRow> rows, Type owner, long key, CancellationToken ct)
    {
        foreach (var row in rows)
        {
            var type = EdmTypes.ClrTypeOf(row.Navigation.ToEntityType());
            var create = typeof(InlineRow).GetMethod(nameof(CreateAsync), BindingFlags.NonPublic | BindingFlags.Static)!.MakeGenericMethod(owner, type, row.Changes.GetType());
            try
            {
                var id = await (Task<long>)create.Invoke(null, [services, EdmTypes.ClrNameOf(row.Navigation), key, row.Changes, ct])!;
                await WriteAsync(services, row.Rows, type, id, ct);
            }
            catch (CrmError error) when (error.Target?.StartsWith(row.Path, StringComparison.Ordinal) != true)
            {
                error.Inside(row.Path);
                throw;
            }
        }
    }

    /// <summary>What must be expanded so that the answer shows what was sent; empty where nothing was inside.</summary>
    public static string Expand(IReadOnlyList<InlineRow> rows) => string.Join(',', rows.GroupBy(r => r.Navigation).Select(g =>
        Expand([.. g.SelectMany(r => r.Rows)]) is { Length: > 0 } inner ? $"{g.Key.Name}($expand={inner})" : g.Key.Name));

    /// <summary>Creates one row that hangs on an owner.</summary>
    internal static async Task<long> CreateAsync<TOwner, TRow, TChanges>(IServiceProvider services, string navigation, long key, TChanges changes, CancellationToken ct)
        where TOwner : class, IRow
        where TRow : class, IRow, IWritable<TRow, TChanges>
    {
        var db = services.GetRequiredService<CrmDbContext>();
        var foreignKey = db.Model.FindEntityType(typeof(TOwner))!.FindNavigation(navigation)!.ForeignKey.Properties[0];
        var row = await services.GetRequiredService<CreateRow<TRow, TChanges>>().ExecuteAsync(
            changes,
            added => db.Entry(added).Property(foreignKey).CurrentValue = Convert.ChangeType(key, Nullable.GetUnderlyingType(foreignKey.ClrType) ?? foreignKey.ClrType, CultureInfo.InvariantCulture),
            ct);
        return IdOf(row);
    }

    internal static long IdOf<T>(T row) => Convert.ToInt64(typeof(T).GetProperty("Id")!.GetValue(row), CultureInfo.InvariantCulture);

    private int Count => 1 + Rows.Sum(r => r.Count);

    private static T Inside<T>(string path, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (CrmError error) when (error.Target?.StartsWith(path, StringComparison.Ordinal) != true)
        {
            error.Inside(path);
            ExceptionDispatchInfo.Throw(error);
            throw;
        }
    }
}
