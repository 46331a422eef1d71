using InfluencerCrm.Api.OData;
using InfluencerCrm.Core.Stories;

namespace InfluencerCrm.Api.Stories;

/// <summary>What is pitched: releases, pitches, statements, invitations, op-eds, alerts.</summary>
public sealed class StoriesController : ArchivableController<Story, StoryChanges>;

/// <summary>Who said yes or no to one story's embargo.</summary>
public sealed class EmbargoAgreementsController : WriteController<EmbargoAgreement, EmbargoAgreementChanges>;

/// <summary>What we owe: exclusives, interviews, early access, visits, answers.</summary>
public sealed class PromisesController : WriteController<Promise, PromiseChanges>;
