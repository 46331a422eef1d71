using Microsoft.AspNetCore.Mvc.ApplicationModels;
using Microsoft.AspNetCore.OData.Routing.Conventions;
using Microsoft.OData.Edm;

namespace InfluencerCrm.Api.OData;

/// <summary>
/// Routes bound actions whatever they take: the library's own convention passes over methods that do not read an action's parameters with
/// its reader, and ours are records (<see cref="RequestBody"/>), so that errors name the member.
/// </summary>
internal sealed class ActionRouting : ActionRoutingConvention
{
    protected override bool IsOperationParameterMatched(IEdmOperation operation, ActionModel action) => operation.IsAction();
}
