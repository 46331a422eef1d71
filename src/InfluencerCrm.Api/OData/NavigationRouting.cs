using Microsoft.AspNetCore.OData.Extensions;
using Microsoft.AspNetCore.OData.Routing.Conventions;
using Microsoft.AspNetCore.OData.Routing.Template;
using Microsoft.OData.Edm;

namespace InfluencerCrm.Api.OData;

/// <summary>
/// Routes every navigation of every set to the generic actions of <see cref="ReadController{T}"/> and
/// <see cref="WriteController{T, TChanges}"/>, so that a new navigation costs one word in the EDM.
/// </summary>
internal sealed class NavigationRouting : IODataControllerActionConvention
{
    public int Order => 50;

    public bool AppliesToController(ODataControllerActionContext context) => context.EntitySet is not null;

    public bool AppliesToAction(ODataControllerActionContext context)
    {
        if (context.Action.ActionName == nameof(ReadController<Core.Outlets.Outlet>.GetProperty))
        {
            AddProperties(context, [], context.EntityType);
            return true;
        }

        if (context.Action.ActionName == nameof(ReadController<Core.Outlets.Outlet>.GetRelatedProperty))
        {
            foreach (var navigation in context.EntityType.NavigationProperties().Where(n => n.TargetMultiplicity() != EdmMultiplicity.Many))
            {
                AddProperties(context, [Navigation(context, navigation)], navigation.ToEntityType());
            }

            return true;
        }

        if (context.Action.ActionName is nameof(ReadController<Core.Outlets.Outlet>.GetRef) or "PutRef" or "PostRef" or "DeleteRef")
        {
            AddReferences(context, context.Action.ActionName[..^"Ref".Length]);
            return true;
        }

        var (method, one) = context.Action.ActionName switch
        {
            nameof(ReadController<Core.Outlets.Outlet>.GetNavigation) => ("Get", false),
            nameof(ReadController<Core.Outlets.Outlet>.GetRelated) => ("Get", true),
            "PostNavigation" => ("Post", false),
            "PatchRelated" => ("Patch", true),
            "PutRelated" => ("Put", true),
            "DeleteRelated" => ("Delete", true),
            _ => ("", false),
        };
        if (method.Length == 0)
        {
            return false;
        }

        foreach (var navigation in context.EntityType.NavigationProperties())
        {
            var many = navigation.TargetMultiplicity() == EdmMultiplicity.Many;
            if ((method != "Get" && !IsWritable(navigation)) || (one && !many))
            {
                continue;
            }

            var target = context.EntitySet.FindNavigationTarget(navigation);
            List<ODataSegmentTemplate> segments =
            [
                new EntitySetSegmentTemplate(context.EntitySet),
                Key("key", context.EntityType, context.EntitySet),
                new NavigationSegmentTemplate(navigation, target),
            ];
            if (one)
            {
                segments.Add(Key("relatedKey", navigation.ToEntityType(), target));
            }

            context.Action.AddSelector(method, context.Prefix, context.Model, new ODataPathTemplate(segments), context.Options?.RouteOptions);
            if (method == "Get" && many && !one)
            {
                context.Action.AddSelector(method, context.Prefix, context.Model, new ODataPathTemplate([.. segments, CountSegmentTemplate.Instance]), context.Options?.RouteOptions);
            }
        }

        return true;
    }

    private static NavigationSegmentTemplate Navigation(ODataControllerActionContext context, IEdmNavigationProperty navigation) =>
        new(navigation, context.EntitySet.FindNavigationTarget(navigation));

    /// <summary>The properties of the row that a path leads to, and their bare values.</summary>
    private static void AddProperties(ODataControllerActionContext context, ODataSegmentTemplate[] path, IEdmEntityType type)
    {
        List<ODataSegmentTemplate> segments =
        [
            new EntitySetSegmentTemplate(context.EntitySet),
            Key("key", context.EntityType, context.EntitySet),
            .. path,
            new PropertyCatchAllSegmentTemplate(type),
        ];
        context.Action.AddSelector("Get", context.Prefix, context.Model, new ODataPathTemplate(segments), context.Options?.RouteOptions);
        context.Action.AddSelector("Get", context.Prefix, context.Model, new ODataPathTemplate([.. segments, new ValueSegmentTemplate(EdmCoreModel.Instance.GetPrimitiveType(EdmPrimitiveTypeKind.String))]), context.Options?.RouteOptions);
    }

    /// <summary>Links can be read wherever a navigation leads; single ones are set and emptied, rows that are no part of their owner are taken into it and out of it.</summary>
    private static void AddReferences(ODataControllerActionContext context, string method)
    {
        foreach (var navigation in context.EntityType.NavigationProperties())
        {
            var many = navigation.TargetMultiplicity() == EdmMultiplicity.Many;
            if ((method == "Put" && many) || (method == "Post" && !many) || (method != "Get" && navigation.ContainsTarget))
            {
                continue;
            }

            List<ODataSegmentTemplate> segments =
            [
                new EntitySetSegmentTemplate(context.EntitySet),
                Key("key", context.EntityType, context.EntitySet),
                new NavigationLinkSegmentTemplate(navigation, context.EntitySet.FindNavigationTarget(navigation)),
            ];
            context.Action.AddSelector(method, context.Prefix, context.Model, new ODataPathTemplate(segments), context.Options?.RouteOptions);
        }
    }

    private static KeySegmentTemplate Key(string parameter, IEdmEntityType type, IEdmNavigationSource source) =>
        new(new Dictionary<string, string> { ["id"] = $"{{{parameter}}}" }, type, source);

    /// <summary>Rows inside their owner, and the sets that hang on an owner (its contact points, presences, interactions).</summary>
    private static bool IsWritable(IEdmNavigationProperty navigation) => navigation.TargetMultiplicity() == EdmMultiplicity.Many;
}
