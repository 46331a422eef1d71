using InfluencerCrm.Api.OData;
using InfluencerCrm.Api.OpenApi;
using InfluencerCrm.Core.Data;
using InfluencerCrm.Core.Errors;
using InfluencerCrm.Core.Influencers;
using InfluencerCrm.Core.Privacy;
using Microsoft.AspNetCore.Mvc;

namespace InfluencerCrm.Api.Privacy;

/// <summary>Addresses and people that must not be mailed. Added by anybody who writes contacts, never deleted, lifted only by an admin with a reason.</summary>
public sealed class SuppressionsController(AddSuppression add, LiftSuppression lift) : ReadController<Suppression>
{
    /// <summary>Whom not to mail: an address, a person, or both.</summary>
    internal sealed record NewSuppressionRequest
    {
        /// <summary>The e-mail address that must not be mailed.</summary>
        public string? Address { get; init; }

        /// <summary>The person who must not be mailed.</summary>
        public int? InfluencerId { get; init; }

        /// <summary>Whom it binds: everybody here, or those who write for one client.</summary>
        public SuppressionScope Scope { get; init; }

        /// <summary>With scope <c>client</c>.</summary>
        public int? ClientId { get; init; }

        /// <summary>Why.</summary>
        public SuppressionReason Reason { get; init; } = SuppressionReason.Manual;

        /// <summary>Where it is known from.</summary>
        public string? Source { get; init; }
    }

    /// <summary>Why a suppression is lifted.</summary>
    /// <param name="Reason">Kept with it.</param>
    internal sealed record LiftRequest(string Reason);

    /// <summary>Adds a suppression; one that stands already is answered instead of a second.</summary>
    [HttpPost]
    [Body(typeof(NewSuppressionRequest))]
    public async Task<IActionResult> Post(CancellationToken ct)
    {
        var request = await RequestBody.ReadAsync<NewSuppressionRequest>(Request, EdmTypes.EntityTypeOf(typeof(Suppression)), ct);
        string? key = null;
        if (!string.IsNullOrWhiteSpace(request.Address) && !AddressKey.TryParse(request.Address, out key, out var reason))
        {
            throw new RuleViolation("badAddress", $"address: {reason}", "address");
        }

        var row = await add.ExecuteAsync(
            new AddSuppressionRequest { AddressKey = key, InfluencerId = request.InfluencerId, Scope = request.Scope, ClientId = request.ClientId, Reason = request.Reason, Source = request.Source ?? "API" }, ct);
        return await WriteAnswers.OfAsync(Reader, Rows().Where(s => s.Id == row.Id), Request, $"suppressions({row.Id})", ct);
    }

    /// <summary>Lifts a suppression, with the reason that is kept.</summary>
    [HttpPost]
    [Body(typeof(LiftRequest))]
    [Answer]
    public async Task<IActionResult> Lift(int key, CancellationToken ct)
    {
        var request = await RequestBody.ReadAsync<LiftRequest>(Request, null, ct);
        await lift.ExecuteAsync(key, null, request.Reason, ct);
        return await WriteAnswers.OfAsync(Reader, Rows().Where(Keys.Is<Suppression>(key)), Request, null, ct);
    }
}
