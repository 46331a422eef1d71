using InfluencerCrm.Api.OData;
using InfluencerCrm.Core.Influencers;

namespace InfluencerCrm.Api.Influencers;

/// <summary>People we may write to: journalists, bloggers, experts, creators, stakeholders, and newsroom desks.</summary>
public sealed class InfluencersController : ArchivableController<Influencer, InfluencerChanges>;

/// <summary>Addresses of people and outlets.</summary>
public sealed class ContactPointsController : WriteController<ContactPoint, ContactPointChanges>;

/// <summary>What a person is to a client, or to the agency.</summary>
public sealed class RelationshipsController : WriteController<Relationship, RelationshipChanges>;
