using InfluencerCrm.Api.OData;
using InfluencerCrm.Core.Interactions;

namespace InfluencerCrm.Api.Interactions;

/// <summary>The history: pitches, meetings, calls, mails, replies, events, interviews and notes, planned or done.</summary>
public sealed class InteractionsController : WriteController<Interaction, InteractionChanges>;
