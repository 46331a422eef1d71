using InfluencerCrm.Core.Audit;
using InfluencerCrm.Core.Coverage;
using InfluencerCrm.Core.Influencers;
using InfluencerCrm.Core.Interactions;
using InfluencerCrm.Core.Outlets;
using InfluencerCrm.Core.Platforms;
using InfluencerCrm.Core.Requests;
using InfluencerCrm.Core.Topics;
using Microsoft.AspNetCore.DataProtection.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;

namespace InfluencerCrm.Core.Data;

public sealed partial class CrmDbContext
{
    public DbSet<DataProtectionKey> DataProtectionKeys => Set<DataProtectionKey>();

    // People and places
    public DbSet<Influencer> Influencers => Set<Influencer>();

    public DbSet<InfluencerTopic> InfluencerTopics => Set<InfluencerTopic>();

    public DbSet<ContactPoint> ContactPoints => Set<ContactPoint>();

    public DbSet<Topic> Topics => Set<Topic>();

    public DbSet<Outlet> Outlets => Set<Outlet>();

    public DbSet<Affiliation> Affiliations => Set<Affiliation>();

    public DbSet<Platform> Platforms => Set<Platform>();

    public DbSet<Presence> Presences => Set<Presence>();

    public DbSet<PresenceMeasurement> PresenceMeasurements => Set<PresenceMeasurement>();

    public DbSet<Relationship> Relationships => Set<Relationship>();

    public DbSet<Interaction> Interactions => Set<Interaction>();

    public DbSet<InteractionParticipant> InteractionParticipants => Set<InteractionParticipant>();

    public DbSet<CoveragePiece> Coverage => Set<CoveragePiece>();

    public DbSet<CoverageAuthor> CoverageAuthors => Set<CoverageAuthor>();

    public DbSet<CoverageMention> CoverageMentions => Set<CoverageMention>();

    public DbSet<PressRequest> Requests => Set<PressRequest>();

    // Running the house
    public DbSet<AuditEntry> AuditEntries => Set<AuditEntry>();
}
