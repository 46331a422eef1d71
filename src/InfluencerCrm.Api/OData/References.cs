using System.Globalization;
using System.Reflection;
using System.Runtime.ExceptionServices;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using InfluencerCrm.Core.Data;
using InfluencerCrm.Core.Errors;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.OData.Extensions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OData.Edm;
using Microsoft.OData.UriParser;

namespace InfluencerCrm.Api.OData;

/// <summary>Links between rows by their addresses (<c>/$ref</c>); each is a member of one of the two rows, and is written as such.</summary>
internal static partial class References
{
    public static IEdmNavigationProperty LinkOf(HttpRequest request) => request.ODataFeature().Path.OfType<NavigationPropertyLinkSegment>().Last().NavigationProperty;

    public static async Task<IActionResult> ReadAsync<T, TTarget>(IQueryable<T> owner, long key, IEdmNavigationProperty link, HttpRequest request, CancellationToken ct)
        where T : class, IRow
        where TTarget : class, IRow
    {
        var many = link.TargetMultiplicity() == EdmMultiplicity.Many;
        var name = EdmTypes.ClrNameOf(link);
        var rows = many ? Navigations.Many<T, TTarget>(owner, name) : Navigations.Single<T, TTarget>(owner, name);
        var all = await Ids(rows).OrderBy(id => id).Take(ResourceReader.LargestPage + 1).ToListAsync(ct);
        if (all.Count > ResourceReader.LargestPage)
        {
            throw new Malformed("tooManyRows", $"More than {ResourceReader.LargestPage} rows are linked; read the collection itself, which has pages.");
        }

        if (!many && all.Count == 0)
        {
            return new NoContentResult();
        }

        var root = $"{request.Scheme}://{request.Host}{request.PathBase}/odata/";
        var path = request.ODataFeature().Path;
        var target = link.ContainsTarget ? $"{path.FirstSegment.Identifier}({key})/{link.Name}" : SetOf(link);
        var items = new JsonArray([.. all.Select(id => (JsonNode)new JsonObject { ["@odata.id"] = string.Create(CultureInfo.InvariantCulture, $"{root}{target}({id})") })]);
        var answer = many
            ? new JsonObject { ["@odata.context"] = $"{root}$metadata#Collection($ref)", ["value"] = items }
            : new JsonObject { ["@odata.context"] = $"{root}$metadata#$ref", ["@odata.id"] = items[0]!["@odata.id"]!.GetValue<string>() };
        return new ContentResult { Content = answer.ToJsonString(RequestBody.Json), ContentType = "application/json; odata.metadata=minimal; charset=utf-8" };
    }

    /// <summary>The key of the row that a body names.</summary>
    public static async Task<long> ReadLinkAsync(HttpRequest request, IEdmNavigationProperty link, CancellationToken ct)
    {
        var body = await RequestBody.ReadAsync<JsonObject>(request, null, ct);
        return KeyOf((body["@odata.id"] ?? body["@id"]) is JsonValue value && value.TryGetValue<string>(out var text) ? text : null, link);
    }

    /// <summary>The row that is to leave a collection: <c>?$id=interactions(5)</c>.</summary>
    public static long Named(HttpRequest request, IEdmNavigationProperty link) => KeyOf(request.Query["$id"], link);

    /// <summary>The record of changes with the one member set.</summary>
    public static object Changes(Type changes, string member, long? value, IEdmNavigationProperty link) =>
        changes.GetProperties().Any(p => Words.Camel(p.Name) == member)
            ? RequestBody.Read(new JsonObject { [member] = value }, changes, null)
            : throw new Malformed("badLink", $"{link.Name} is not linked this way; see what the row's own members set.", link.Name);

    /// <summary>Takes a row into a collection of its new owner.</summary>
    public static Task MoveAsync<TOwner>(IServiceProvider services, IEdmNavigationProperty link, long row, long owner, CancellationToken ct) =>
        SetOwnerAsync<TOwner>(services, link, row, owner, ct);

    /// <summary>Takes a row out of a collection of its owner.</summary>
    /// <exception cref="NotFound">It is not in it.</exception>
    public static async Task TakeOutAsync<TOwner>(IServiceProvider services, CrmDbContext db, IEdmNavigationProperty link, long row, long owner, CancellationToken ct)
        where TOwner : class, IRow
    {
        var type = EdmTypes.ClrTypeOf(link.ToEntityType());
        var isIn = (Task<bool>)typeof(References).GetMethod(nameof(IsInAsync), BindingFlags.NonPublic | BindingFlags.Static)!.MakeGenericMethod(typeof(TOwner), type)
            .Invoke(null, [db, EdmTypes.ClrNameOf(link), owner, row, ct])!;
        if (!await isIn)
        {
            throw new NotFound(Words.Of(type), row);
        }

        await SetOwnerAsync<TOwner>(services, link, row, null, ct);
    }

    private static Task<bool> IsInAsync<TOwner, TRow>(CrmDbContext db, string navigation, long owner, long row, CancellationToken ct)
        where TOwner : class, IRow
        where TRow : class, IRow =>
        Navigations.Many<TOwner, TRow>(db.Set<TOwner>().Where(Keys.Is<TOwner>(owner)), navigation).AnyAsync(Keys.Is<TRow>(row), ct);

    private static async Task SetOwnerAsync<TOwner>(IServiceProvider services, IEdmNavigationProperty link, long row, long? owner, CancellationToken ct)
    {
        var type = EdmTypes.ClrTypeOf(link.ToEntityType());
        var changes = InlineRow.ChangesOf(link) ?? throw new Forbidden($"{link.Name} is written by the product itself.");
        var key = services.GetRequiredService<CrmDbContext>().Model.FindEntityType(typeof(TOwner))!.FindNavigation(EdmTypes.ClrNameOf(link))?.ForeignKey.Properties[0].Name
            ?? throw new Malformed("badLink", $"{link.Name} is not linked this way.", link.Name);
        var use = services.GetRequiredService(typeof(ChangeRow<,>).MakeGenericType(type, changes));
        try
        {
            await (Task)use.GetType().GetMethod("ExecuteAsync")!.Invoke(use, [row, null, Changes(changes, Words.Camel(key), owner, link), ct])!;
        }
        catch (TargetInvocationException exception) when (exception.InnerException is { } inner)
        {
            ExceptionDispatchInfo.Throw(inner);
        }
    }

    private static IQueryable<long> Ids<TTarget>(IQueryable<TTarget> rows)
        where TTarget : class =>
        typeof(TTarget).GetProperty("Id")!.PropertyType == typeof(long) ? rows.Select(r => EF.Property<long>(r, "Id")) : rows.Select(r => (long)EF.Property<int>(r, "Id"));

    private static string SetOf(IEdmNavigationProperty link) =>
        CrmEdm.Model.EntityContainer.EntitySets().First(s => s.EntityType == link.ToEntityType()).Name;

    private static long KeyOf(string? address, IEdmNavigationProperty link)
    {
        var set = SetOf(link);
        var found = Address().Match(address ?? "");
        var key = found.Groups["set"].Value == set ? found.Groups["key"].Value : "";
        return long.TryParse(key, NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            ? id
            : throw new Malformed("badLink", $"Name one of the {set}, such as {{\"@odata.id\":\"{set}(3)\"}}.", "@odata.id");
    }

    // As this service writes addresses, and as clients shorten them: clients(3), clients(id=3), /odata/clients/3.
    [GeneratedRegex(@"(^|/)(?<set>[A-Za-z]+)(\((id=)?(?<key>\d+)\)|/(?<key>\d+))/?$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Address();
}
