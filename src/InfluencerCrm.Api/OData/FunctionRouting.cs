using Microsoft.AspNetCore.OData.Routing.Conventions;

namespace InfluencerCrm.Api.OData;

/// <summary>Routes functions that take nothing with and without their parentheses, as 4.0 and 4.01 clients write them; the library writes one form or the other.</summary>
internal sealed class FunctionRouting : FunctionRoutingConvention
{
    public override bool AppliesToAction(ODataControllerActionContext context)
    {
        var applies = base.AppliesToAction(context);
        if (context.Options is { } options)
        {
            options.RouteOptions.EnableNonParenthesisForEmptyParameterFunction = true;
            applies |= base.AppliesToAction(context);
            options.RouteOptions.EnableNonParenthesisForEmptyParameterFunction = false;
        }

        return applies;
    }
}
