using InfluencerCrm.Core.Audit;
using InfluencerCrm.Core.Campaigns;
using InfluencerCrm.Core.Changes;
using InfluencerCrm.Core.Coverage;
using InfluencerCrm.Core.Idempotency;
using InfluencerCrm.Core.Imports;
using InfluencerCrm.Core.Imports.Columns;
using InfluencerCrm.Core.Inbound;
using InfluencerCrm.Core.Inbound.Mailboxes;
using InfluencerCrm.Core.Influencers;
using InfluencerCrm.Core.Interactions;
using InfluencerCrm.Core.MediaLists;
using InfluencerCrm.Core.Outlets;
using InfluencerCrm.Core.Platforms;
using InfluencerCrm.Core.Privacy;
using InfluencerCrm.Core.Requests;
using InfluencerCrm.Core.SendOuts;
using InfluencerCrm.Core.Stories;
using InfluencerCrm.Core.Tasks;
using InfluencerCrm.Core.Team;
using InfluencerCrm.Core.Topics;
using InfluencerCrm.Core.Watch;
using InfluencerCrm.Core.Webhooks;
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

    // Clients, campaigns and stories
    public DbSet<Client> Clients => Set<Client>();

    public DbSet<ClientMember> ClientMembers => Set<ClientMember>();

    public DbSet<ClientContact> ClientContacts => Set<ClientContact>();

    public DbSet<Campaign> Campaigns => Set<Campaign>();

    public DbSet<CampaignObjective> CampaignObjectives => Set<CampaignObjective>();

    public DbSet<ObjectiveMeasurement> ObjectiveMeasurements => Set<ObjectiveMeasurement>();

    public DbSet<KeyMessage> KeyMessages => Set<KeyMessage>();

    public DbSet<CampaignMember> CampaignMembers => Set<CampaignMember>();

    public DbSet<Story> Stories => Set<Story>();

    public DbSet<StoryVersion> StoryVersions => Set<StoryVersion>();

    public DbSet<StoryAsset> StoryAssets => Set<StoryAsset>();

    public DbSet<AssetContent> AssetContents => Set<AssetContent>();

    public DbSet<EmbargoAgreement> EmbargoAgreements => Set<EmbargoAgreement>();

    public DbSet<Promise> Promises => Set<Promise>();

    // Lists and send-outs
    public DbSet<MediaList> MediaLists => Set<MediaList>();

    public DbSet<MediaListMember> MediaListMembers => Set<MediaListMember>();

    public DbSet<SendOut> SendOuts => Set<SendOut>();

    public DbSet<SendOutVariant> SendOutVariants => Set<SendOutVariant>();

    public DbSet<SendOutAsset> SendOutAssets => Set<SendOutAsset>();

    public DbSet<Message> Messages => Set<Message>();

    public DbSet<SenderAccount> SenderAccounts => Set<SenderAccount>();

    public DbSet<RateBudget> RateBudgets => Set<RateBudget>();

    public DbSet<InboundMail> InboundMails => Set<InboundMail>();

    public DbSet<Mailbox> Mailboxes => Set<Mailbox>();

    public DbSet<Suppression> Suppressions => Set<Suppression>();

    // Work of the team, and what runs beside it
    public DbSet<CrmTask> Tasks => Set<CrmTask>();

    public DbSet<Feed> Feeds => Set<Feed>();

    public DbSet<MediaWatch> Watches => Set<MediaWatch>();

    public DbSet<ImportJob> Imports => Set<ImportJob>();

    public DbSet<ImportRow> ImportRows => Set<ImportRow>();

    public DbSet<ImportPreset> ImportPresets => Set<ImportPreset>();

    public DbSet<ImportPresetColumn> ImportPresetColumns => Set<ImportPresetColumn>();

    public DbSet<Webhook> Webhooks => Set<Webhook>();

    public DbSet<WebhookDelivery> WebhookDeliveries => Set<WebhookDelivery>();

    public DbSet<WebhookFeed> WebhookFeeds => Set<WebhookFeed>();

    public DbSet<ApiKey> ApiKeys => Set<ApiKey>();

    public DbSet<SetupLink> SetupLinks => Set<SetupLink>();

    public DbSet<KeptSecret> KeptSecrets => Set<KeptSecret>();

    // Running the house
    public DbSet<Change> Changes => Set<Change>();

    public DbSet<AuditEntry> AuditEntries => Set<AuditEntry>();

    public DbSet<IdempotencyKey> IdempotencyKeys => Set<IdempotencyKey>();
}
