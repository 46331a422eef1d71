using InfluencerCrm.Api.OData;
using InfluencerCrm.Api.OpenApi;
using InfluencerCrm.Core.SendOuts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace InfluencerCrm.Api.SendOuts;

/// <summary>The mail providers that are known.</summary>
/// <param name="Value">Each with its server and limits.</param>
public sealed record MailProviders(IReadOnlyList<MailPreset> Value);

/// <summary>What choosing a provider for a sender account fills in.</summary>
internal static class MailProviderEndpoints
{
    public static void MapMailProviders(this IEndpointRouteBuilder api) =>
        api.MapGet("/mail-providers", () => Results.Json(new MailProviders(MailPreset.All), RequestBody.Json)).WithTags("senderAccounts").WithName("listMailProviders").RequireAuthorization()
            .WithMetadata(new AnswerAttribute(typeof(MailProviders)))
            .WithSummary("Lists the mail providers that a sender account can name.")
            .WithDescription("Each with its server and with what it publishes that one account may send. Choosing it as an account's provider fills the server and limits a fifth below; the published figures are ceilings.");
}
