using InfluencerCrm.Api.OData.Searching;
using InfluencerCrm.Core.Data;
using InfluencerCrm.Core.Errors;
using InfluencerCrm.Core.Influencers;
using InfluencerCrm.Core.MediaLists;
using Microsoft.AspNetCore.OData.Query;
using Microsoft.AspNetCore.OData.Query.Expressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.OData;
using Microsoft.OData.Edm;
using Microsoft.OData.UriParser;

namespace InfluencerCrm.Api.OData;

/// <summary>A stored <c>$filter</c> read with the model, the names, the limits and the binder of the API's own reads; needs no request.</summary>
public sealed class InfluencerFilter : IInfluencerFilter
{
    public IQueryable<Influencer> Apply(IQueryable<Influencer> people, string filter) => SetFilter.Apply(people, filter);
}

/// <summary>The same for any set.</summary>
internal static class SetFilter
{
    private static readonly CrmFilterBinder Binder = new();

    public static IQueryable<T> Apply<T>(IQueryable<T> rows, string filter)
        where T : class, IRow
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(filter);
        try
        {
            OptionLimits.Require(filter, "$filter");
            var type = EdmTypes.EntityTypeOf(typeof(T));
            var set = CrmEdm.Model.EntityContainer.EntitySets().First(s => s.EntityType == type);
            var parser = new ODataQueryOptionParser(CrmEdm.Model, type, set, new Dictionary<string, string> { ["$filter"] = filter }) { Resolver = ResourceReader.Resolver };
            var clause = parser.ParseFilter() ?? throw new ODataException("The filter is empty.");
            var context = new ODataQueryContext(CrmEdm.Model, typeof(T), null);
            context.DefaultQueryConfigurations.EnableFilter = true;
            new FilterQueryOption(filter, context, parser).Validate(ResourceReader.Limits);
            var found = (IQueryable<T>)Binder.ApplyBind(rows, clause, new QueryBinderContext(CrmEdm.Model, ResourceReader.Settings, typeof(T)));

            // Some conditions are well formed and no database can answer them; that is known only when SQL is made of them.
            _ = found.Select(r => r.Version).ToQueryString();
            return found;
        }
        catch (CrmError error)
        {
            throw Refused(error.Message);
        }
        catch (Exception exception) when (exception is ODataException or ArgumentException or FormatException or OverflowException or InvalidCastException)
        {
            throw Refused(QueryWords.Of(exception));
        }
        catch (Exception exception) when (exception is InvalidOperationException or NotSupportedException)
        {
            throw new RuleViolation("badFilter", "filter: the database cannot answer this condition; try a simpler one.", "filter");
        }
    }

    private static RuleViolation Refused(string words) => new("badFilter", $"filter: {words}", "filter");
}
