using InfluencerCrm.Api.OData;
using InfluencerCrm.Core.Stories;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.DependencyInjection;

namespace InfluencerCrm.Api.Stories;

/// <summary>What is pitched: releases, pitches, statements, invitations, op-eds, alerts.</summary>
public sealed class StoriesController : ArchivableController<Story, StoryChanges>
{
    /// <summary>Agreements that do not cover the end of the embargo: who gave one gets nothing of the story before accepting anew. Takes the query options of <c>embargoAgreements</c>.</summary>
    [HttpGet]
    public async Task<IActionResult> LapsedAgreements(int key, CancellationToken ct) =>
        await Reader.ListAsync(await HttpContext.RequestServices.GetRequiredService<FindLapsedAgreements>().ExecuteAsync(key, ct), Request, ct);
}

/// <summary>Who said yes or no to one story's embargo.</summary>
public sealed class EmbargoAgreementsController : WriteController<EmbargoAgreement, EmbargoAgreementChanges>;

/// <summary>What we owe: exclusives, interviews, early access, visits, answers.</summary>
public sealed class PromisesController : WriteController<Promise, PromiseChanges>;
