using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace InfluencerCrm.Data.SqlServer.Migrations
{
    /// <inheritdoc />
    public partial class LeanIndexes : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Webhooks_ClientId",
                table: "Webhooks");

            migrationBuilder.DropIndex(
                name: "IX_Watches_ClientId",
                table: "Watches");

            migrationBuilder.DropIndex(
                name: "IX_Topics_ParentId",
                table: "Topics");

            migrationBuilder.DropIndex(
                name: "IX_Tasks_CampaignId",
                table: "Tasks");

            migrationBuilder.DropIndex(
                name: "IX_Tasks_InfluencerId",
                table: "Tasks");

            migrationBuilder.DropIndex(
                name: "IX_Tasks_RequestId",
                table: "Tasks");

            migrationBuilder.DropIndex(
                name: "IX_Tasks_StoryId",
                table: "Tasks");

            migrationBuilder.DropIndex(
                name: "IX_Suppressions_ClientId",
                table: "Suppressions");

            migrationBuilder.DropIndex(
                name: "IX_Suppressions_LiftedById",
                table: "Suppressions");

            migrationBuilder.DropIndex(
                name: "IX_Stories_CampaignId",
                table: "Stories");

            migrationBuilder.DropIndex(
                name: "IX_Stories_ExclusiveOutletId",
                table: "Stories");

            migrationBuilder.DropIndex(
                name: "IX_Stories_ReplacesStoryId",
                table: "Stories");

            migrationBuilder.DropIndex(
                name: "IX_SendOuts_CampaignId",
                table: "SendOuts");

            migrationBuilder.DropIndex(
                name: "IX_SendOuts_ClientId",
                table: "SendOuts");

            migrationBuilder.DropIndex(
                name: "IX_SendOuts_FollowUpOfId",
                table: "SendOuts");

            migrationBuilder.DropIndex(
                name: "IX_SendOuts_MediaListId",
                table: "SendOuts");

            migrationBuilder.DropIndex(
                name: "IX_SendOuts_SenderAccountId",
                table: "SendOuts");

            migrationBuilder.DropIndex(
                name: "IX_SendOuts_StoryId",
                table: "SendOuts");

            migrationBuilder.DropIndex(
                name: "IX_Requests_AssignedToId",
                table: "Requests");

            migrationBuilder.DropIndex(
                name: "IX_Requests_ClientId",
                table: "Requests");

            migrationBuilder.DropIndex(
                name: "IX_Requests_CoverageId",
                table: "Requests");

            migrationBuilder.DropIndex(
                name: "IX_Requests_InfluencerId",
                table: "Requests");

            migrationBuilder.DropIndex(
                name: "IX_Requests_OutletId",
                table: "Requests");

            migrationBuilder.DropIndex(
                name: "IX_Relationships_OwnerId",
                table: "Relationships");

            migrationBuilder.DropIndex(
                name: "IX_Relationships_StageEvidenceId",
                table: "Relationships");

            migrationBuilder.DropIndex(
                name: "IX_Promises_InfluencerId",
                table: "Promises");

            migrationBuilder.DropIndex(
                name: "IX_Promises_OutletId",
                table: "Promises");

            migrationBuilder.DropIndex(
                name: "IX_Promises_StoryId",
                table: "Promises");

            migrationBuilder.DropIndex(
                name: "IX_Presences_InfluencerId",
                table: "Presences");

            migrationBuilder.DropIndex(
                name: "IX_Outlets_ParentId",
                table: "Outlets");

            migrationBuilder.DropIndex(
                name: "IX_Messages_VariantId",
                table: "Messages");

            migrationBuilder.DropIndex(
                name: "IX_MediaLists_CampaignId",
                table: "MediaLists");

            migrationBuilder.DropIndex(
                name: "IX_MediaLists_ClientId",
                table: "MediaLists");

            migrationBuilder.DropIndex(
                name: "IX_Interactions_CoverageId",
                table: "Interactions");

            migrationBuilder.DropIndex(
                name: "IX_Interactions_LoggedBy",
                table: "Interactions");

            migrationBuilder.DropIndex(
                name: "IX_Interactions_OutletId",
                table: "Interactions");

            migrationBuilder.DropIndex(
                name: "IX_Interactions_RedirectedToId",
                table: "Interactions");

            migrationBuilder.DropIndex(
                name: "IX_Interactions_RequestId",
                table: "Interactions");

            migrationBuilder.DropIndex(
                name: "IX_Interactions_SendOutId",
                table: "Interactions");

            migrationBuilder.DropIndex(
                name: "IX_InteractionParticipants_InfluencerId",
                table: "InteractionParticipants");

            migrationBuilder.DropIndex(
                name: "IX_InteractionParticipants_UserId",
                table: "InteractionParticipants");

            migrationBuilder.DropIndex(
                name: "IX_Influencers_AwayDelegateId",
                table: "Influencers");

            migrationBuilder.DropIndex(
                name: "IX_Imports_RequestedById",
                table: "Imports");

            migrationBuilder.DropIndex(
                name: "IX_ImportRows_InfluencerId",
                table: "ImportRows");

            migrationBuilder.DropIndex(
                name: "IX_Feeds_InfluencerId",
                table: "Feeds");

            migrationBuilder.DropIndex(
                name: "IX_Feeds_OutletId",
                table: "Feeds");

            migrationBuilder.DropIndex(
                name: "IX_EmbargoAgreements_EvidenceId",
                table: "EmbargoAgreements");

            migrationBuilder.DropIndex(
                name: "IX_CoverageMentions_ClientId",
                table: "CoverageMentions");

            migrationBuilder.DropIndex(
                name: "IX_CoverageAuthors_InfluencerId",
                table: "CoverageAuthors");

            migrationBuilder.DropIndex(
                name: "IX_Coverage_StoryId",
                table: "Coverage");

            migrationBuilder.DropIndex(
                name: "IX_Coverage_SyndicatedFromId",
                table: "Coverage");

            migrationBuilder.DropIndex(
                name: "IX_ContactPoints_AddressKey",
                table: "ContactPoints");

            migrationBuilder.DropIndex(
                name: "IX_ContactPoints_AffiliationId",
                table: "ContactPoints");

            migrationBuilder.DropIndex(
                name: "IX_ContactPoints_OutletId",
                table: "ContactPoints");

            migrationBuilder.DropIndex(
                name: "IX_ContactPoints_UniqueAddressKey",
                table: "ContactPoints");

            migrationBuilder.DropIndex(
                name: "IX_Campaigns_LeadId",
                table: "Campaigns");

            migrationBuilder.DropIndex(
                name: "IX_Affiliations_InfluencerId",
                table: "Affiliations");

            migrationBuilder.CreateIndex(
                name: "IX_Webhooks_ClientId",
                table: "Webhooks",
                column: "ClientId",
                filter: "\"ClientId\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Watches_ClientId",
                table: "Watches",
                column: "ClientId",
                filter: "\"ClientId\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Topics_ParentId",
                table: "Topics",
                column: "ParentId",
                filter: "\"ParentId\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Tasks_CampaignId",
                table: "Tasks",
                column: "CampaignId",
                filter: "\"CampaignId\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Tasks_InfluencerId",
                table: "Tasks",
                column: "InfluencerId",
                filter: "\"InfluencerId\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Tasks_RequestId",
                table: "Tasks",
                column: "RequestId",
                filter: "\"RequestId\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Tasks_StoryId",
                table: "Tasks",
                column: "StoryId",
                filter: "\"StoryId\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Suppressions_ClientId",
                table: "Suppressions",
                column: "ClientId",
                filter: "\"ClientId\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Suppressions_LiftedById",
                table: "Suppressions",
                column: "LiftedById",
                filter: "\"LiftedById\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Stories_CampaignId",
                table: "Stories",
                column: "CampaignId",
                filter: "\"CampaignId\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Stories_ExclusiveOutletId",
                table: "Stories",
                column: "ExclusiveOutletId",
                filter: "\"ExclusiveOutletId\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Stories_ReplacesStoryId",
                table: "Stories",
                column: "ReplacesStoryId",
                filter: "\"ReplacesStoryId\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_SendOuts_CampaignId",
                table: "SendOuts",
                column: "CampaignId",
                filter: "\"CampaignId\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_SendOuts_ClientId",
                table: "SendOuts",
                column: "ClientId",
                filter: "\"ClientId\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_SendOuts_FollowUpOfId",
                table: "SendOuts",
                column: "FollowUpOfId",
                filter: "\"FollowUpOfId\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_SendOuts_MediaListId",
                table: "SendOuts",
                column: "MediaListId",
                filter: "\"MediaListId\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_SendOuts_SenderAccountId",
                table: "SendOuts",
                column: "SenderAccountId",
                filter: "\"SenderAccountId\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_SendOuts_StoryId",
                table: "SendOuts",
                column: "StoryId",
                filter: "\"StoryId\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Requests_AssignedToId",
                table: "Requests",
                column: "AssignedToId",
                filter: "\"AssignedToId\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Requests_ClientId",
                table: "Requests",
                column: "ClientId",
                filter: "\"ClientId\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Requests_CoverageId",
                table: "Requests",
                column: "CoverageId",
                filter: "\"CoverageId\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Requests_InfluencerId",
                table: "Requests",
                column: "InfluencerId",
                filter: "\"InfluencerId\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Requests_OutletId",
                table: "Requests",
                column: "OutletId",
                filter: "\"OutletId\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Relationships_OwnerId",
                table: "Relationships",
                column: "OwnerId",
                filter: "\"OwnerId\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Relationships_StageEvidenceId",
                table: "Relationships",
                column: "StageEvidenceId",
                filter: "\"StageEvidenceId\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Promises_InfluencerId",
                table: "Promises",
                column: "InfluencerId",
                filter: "\"InfluencerId\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Promises_OutletId",
                table: "Promises",
                column: "OutletId",
                filter: "\"OutletId\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Promises_StoryId",
                table: "Promises",
                column: "StoryId",
                filter: "\"StoryId\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Presences_InfluencerId",
                table: "Presences",
                column: "InfluencerId",
                filter: "\"InfluencerId\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Outlets_ParentId",
                table: "Outlets",
                column: "ParentId",
                filter: "\"ParentId\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Messages_VariantId",
                table: "Messages",
                column: "VariantId",
                filter: "\"VariantId\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_MediaLists_CampaignId",
                table: "MediaLists",
                column: "CampaignId",
                filter: "\"CampaignId\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_MediaLists_ClientId",
                table: "MediaLists",
                column: "ClientId",
                filter: "\"ClientId\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Interactions_CoverageId",
                table: "Interactions",
                column: "CoverageId",
                filter: "\"CoverageId\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Interactions_LoggedBy",
                table: "Interactions",
                column: "LoggedBy",
                filter: "\"LoggedBy\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Interactions_OutletId",
                table: "Interactions",
                column: "OutletId",
                filter: "\"OutletId\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Interactions_RedirectedToId",
                table: "Interactions",
                column: "RedirectedToId",
                filter: "\"RedirectedToId\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Interactions_RequestId",
                table: "Interactions",
                column: "RequestId",
                filter: "\"RequestId\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Interactions_SendOutId",
                table: "Interactions",
                column: "SendOutId",
                filter: "\"SendOutId\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_InteractionParticipants_InfluencerId",
                table: "InteractionParticipants",
                column: "InfluencerId",
                filter: "\"InfluencerId\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_InteractionParticipants_UserId",
                table: "InteractionParticipants",
                column: "UserId",
                filter: "\"UserId\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Influencers_AwayDelegateId",
                table: "Influencers",
                column: "AwayDelegateId",
                filter: "\"AwayDelegateId\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Imports_RequestedById",
                table: "Imports",
                column: "RequestedById",
                filter: "\"RequestedById\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_ImportRows_InfluencerId_ImportId",
                table: "ImportRows",
                columns: new[] { "InfluencerId", "ImportId" },
                filter: "\"InfluencerId\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Feeds_InfluencerId",
                table: "Feeds",
                column: "InfluencerId",
                filter: "\"InfluencerId\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Feeds_OutletId",
                table: "Feeds",
                column: "OutletId",
                filter: "\"OutletId\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_EmbargoAgreements_EvidenceId",
                table: "EmbargoAgreements",
                column: "EvidenceId",
                filter: "\"EvidenceId\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_CoverageMentions_ClientId",
                table: "CoverageMentions",
                column: "ClientId",
                filter: "\"ClientId\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_CoverageAuthors_InfluencerId",
                table: "CoverageAuthors",
                column: "InfluencerId",
                filter: "\"InfluencerId\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Coverage_StoryId",
                table: "Coverage",
                column: "StoryId",
                filter: "\"StoryId\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Coverage_SyndicatedFromId",
                table: "Coverage",
                column: "SyndicatedFromId",
                filter: "\"SyndicatedFromId\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_ContactPoints_AddressKey",
                table: "ContactPoints",
                column: "AddressKey",
                filter: "\"AddressKey\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_ContactPoints_AffiliationId",
                table: "ContactPoints",
                column: "AffiliationId",
                filter: "\"AffiliationId\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_ContactPoints_OutletId",
                table: "ContactPoints",
                column: "OutletId",
                filter: "\"OutletId\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_ContactPoints_UniqueAddressKey",
                table: "ContactPoints",
                column: "UniqueAddressKey",
                unique: true,
                filter: "\"UniqueAddressKey\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Campaigns_LeadId",
                table: "Campaigns",
                column: "LeadId",
                filter: "\"LeadId\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Affiliations_InfluencerId",
                table: "Affiliations",
                column: "InfluencerId",
                filter: "\"InfluencerId\" IS NOT NULL");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Webhooks_ClientId",
                table: "Webhooks");

            migrationBuilder.DropIndex(
                name: "IX_Watches_ClientId",
                table: "Watches");

            migrationBuilder.DropIndex(
                name: "IX_Topics_ParentId",
                table: "Topics");

            migrationBuilder.DropIndex(
                name: "IX_Tasks_CampaignId",
                table: "Tasks");

            migrationBuilder.DropIndex(
                name: "IX_Tasks_InfluencerId",
                table: "Tasks");

            migrationBuilder.DropIndex(
                name: "IX_Tasks_RequestId",
                table: "Tasks");

            migrationBuilder.DropIndex(
                name: "IX_Tasks_StoryId",
                table: "Tasks");

            migrationBuilder.DropIndex(
                name: "IX_Suppressions_ClientId",
                table: "Suppressions");

            migrationBuilder.DropIndex(
                name: "IX_Suppressions_LiftedById",
                table: "Suppressions");

            migrationBuilder.DropIndex(
                name: "IX_Stories_CampaignId",
                table: "Stories");

            migrationBuilder.DropIndex(
                name: "IX_Stories_ExclusiveOutletId",
                table: "Stories");

            migrationBuilder.DropIndex(
                name: "IX_Stories_ReplacesStoryId",
                table: "Stories");

            migrationBuilder.DropIndex(
                name: "IX_SendOuts_CampaignId",
                table: "SendOuts");

            migrationBuilder.DropIndex(
                name: "IX_SendOuts_ClientId",
                table: "SendOuts");

            migrationBuilder.DropIndex(
                name: "IX_SendOuts_FollowUpOfId",
                table: "SendOuts");

            migrationBuilder.DropIndex(
                name: "IX_SendOuts_MediaListId",
                table: "SendOuts");

            migrationBuilder.DropIndex(
                name: "IX_SendOuts_SenderAccountId",
                table: "SendOuts");

            migrationBuilder.DropIndex(
                name: "IX_SendOuts_StoryId",
                table: "SendOuts");

            migrationBuilder.DropIndex(
                name: "IX_Requests_AssignedToId",
                table: "Requests");

            migrationBuilder.DropIndex(
                name: "IX_Requests_ClientId",
                table: "Requests");

            migrationBuilder.DropIndex(
                name: "IX_Requests_CoverageId",
                table: "Requests");

            migrationBuilder.DropIndex(
                name: "IX_Requests_InfluencerId",
                table: "Requests");

            migrationBuilder.DropIndex(
                name: "IX_Requests_OutletId",
                table: "Requests");

            migrationBuilder.DropIndex(
                name: "IX_Relationships_OwnerId",
                table: "Relationships");

            migrationBuilder.DropIndex(
                name: "IX_Relationships_StageEvidenceId",
                table: "Relationships");

            migrationBuilder.DropIndex(
                name: "IX_Promises_InfluencerId",
                table: "Promises");

            migrationBuilder.DropIndex(
                name: "IX_Promises_OutletId",
                table: "Promises");

            migrationBuilder.DropIndex(
                name: "IX_Promises_StoryId",
                table: "Promises");

            migrationBuilder.DropIndex(
                name: "IX_Presences_InfluencerId",
                table: "Presences");

            migrationBuilder.DropIndex(
                name: "IX_Outlets_ParentId",
                table: "Outlets");

            migrationBuilder.DropIndex(
                name: "IX_Messages_VariantId",
                table: "Messages");

            migrationBuilder.DropIndex(
                name: "IX_MediaLists_CampaignId",
                table: "MediaLists");

            migrationBuilder.DropIndex(
                name: "IX_MediaLists_ClientId",
                table: "MediaLists");

            migrationBuilder.DropIndex(
                name: "IX_Interactions_CoverageId",
                table: "Interactions");

            migrationBuilder.DropIndex(
                name: "IX_Interactions_LoggedBy",
                table: "Interactions");

            migrationBuilder.DropIndex(
                name: "IX_Interactions_OutletId",
                table: "Interactions");

            migrationBuilder.DropIndex(
                name: "IX_Interactions_RedirectedToId",
                table: "Interactions");

            migrationBuilder.DropIndex(
                name: "IX_Interactions_RequestId",
                table: "Interactions");

            migrationBuilder.DropIndex(
                name: "IX_Interactions_SendOutId",
                table: "Interactions");

            migrationBuilder.DropIndex(
                name: "IX_InteractionParticipants_InfluencerId",
                table: "InteractionParticipants");

            migrationBuilder.DropIndex(
                name: "IX_InteractionParticipants_UserId",
                table: "InteractionParticipants");

            migrationBuilder.DropIndex(
                name: "IX_Influencers_AwayDelegateId",
                table: "Influencers");

            migrationBuilder.DropIndex(
                name: "IX_Imports_RequestedById",
                table: "Imports");

            migrationBuilder.DropIndex(
                name: "IX_ImportRows_InfluencerId_ImportId",
                table: "ImportRows");

            migrationBuilder.DropIndex(
                name: "IX_Feeds_InfluencerId",
                table: "Feeds");

            migrationBuilder.DropIndex(
                name: "IX_Feeds_OutletId",
                table: "Feeds");

            migrationBuilder.DropIndex(
                name: "IX_EmbargoAgreements_EvidenceId",
                table: "EmbargoAgreements");

            migrationBuilder.DropIndex(
                name: "IX_CoverageMentions_ClientId",
                table: "CoverageMentions");

            migrationBuilder.DropIndex(
                name: "IX_CoverageAuthors_InfluencerId",
                table: "CoverageAuthors");

            migrationBuilder.DropIndex(
                name: "IX_Coverage_StoryId",
                table: "Coverage");

            migrationBuilder.DropIndex(
                name: "IX_Coverage_SyndicatedFromId",
                table: "Coverage");

            migrationBuilder.DropIndex(
                name: "IX_ContactPoints_AddressKey",
                table: "ContactPoints");

            migrationBuilder.DropIndex(
                name: "IX_ContactPoints_AffiliationId",
                table: "ContactPoints");

            migrationBuilder.DropIndex(
                name: "IX_ContactPoints_OutletId",
                table: "ContactPoints");

            migrationBuilder.DropIndex(
                name: "IX_ContactPoints_UniqueAddressKey",
                table: "ContactPoints");

            migrationBuilder.DropIndex(
                name: "IX_Campaigns_LeadId",
                table: "Campaigns");

            migrationBuilder.DropIndex(
                name: "IX_Affiliations_InfluencerId",
                table: "Affiliations");

            migrationBuilder.CreateIndex(
                name: "IX_Webhooks_ClientId",
                table: "Webhooks",
                column: "ClientId");

            migrationBuilder.CreateIndex(
                name: "IX_Watches_ClientId",
                table: "Watches",
                column: "ClientId");

            migrationBuilder.CreateIndex(
                name: "IX_Topics_ParentId",
                table: "Topics",
                column: "ParentId");

            migrationBuilder.CreateIndex(
                name: "IX_Tasks_CampaignId",
                table: "Tasks",
                column: "CampaignId");

            migrationBuilder.CreateIndex(
                name: "IX_Tasks_InfluencerId",
                table: "Tasks",
                column: "InfluencerId");

            migrationBuilder.CreateIndex(
                name: "IX_Tasks_RequestId",
                table: "Tasks",
                column: "RequestId");

            migrationBuilder.CreateIndex(
                name: "IX_Tasks_StoryId",
                table: "Tasks",
                column: "StoryId");

            migrationBuilder.CreateIndex(
                name: "IX_Suppressions_ClientId",
                table: "Suppressions",
                column: "ClientId");

            migrationBuilder.CreateIndex(
                name: "IX_Suppressions_LiftedById",
                table: "Suppressions",
                column: "LiftedById");

            migrationBuilder.CreateIndex(
                name: "IX_Stories_CampaignId",
                table: "Stories",
                column: "CampaignId");

            migrationBuilder.CreateIndex(
                name: "IX_Stories_ExclusiveOutletId",
                table: "Stories",
                column: "ExclusiveOutletId");

            migrationBuilder.CreateIndex(
                name: "IX_Stories_ReplacesStoryId",
                table: "Stories",
                column: "ReplacesStoryId");

            migrationBuilder.CreateIndex(
                name: "IX_SendOuts_CampaignId",
                table: "SendOuts",
                column: "CampaignId");

            migrationBuilder.CreateIndex(
                name: "IX_SendOuts_ClientId",
                table: "SendOuts",
                column: "ClientId");

            migrationBuilder.CreateIndex(
                name: "IX_SendOuts_FollowUpOfId",
                table: "SendOuts",
                column: "FollowUpOfId");

            migrationBuilder.CreateIndex(
                name: "IX_SendOuts_MediaListId",
                table: "SendOuts",
                column: "MediaListId");

            migrationBuilder.CreateIndex(
                name: "IX_SendOuts_SenderAccountId",
                table: "SendOuts",
                column: "SenderAccountId");

            migrationBuilder.CreateIndex(
                name: "IX_SendOuts_StoryId",
                table: "SendOuts",
                column: "StoryId");

            migrationBuilder.CreateIndex(
                name: "IX_Requests_AssignedToId",
                table: "Requests",
                column: "AssignedToId");

            migrationBuilder.CreateIndex(
                name: "IX_Requests_ClientId",
                table: "Requests",
                column: "ClientId");

            migrationBuilder.CreateIndex(
                name: "IX_Requests_CoverageId",
                table: "Requests",
                column: "CoverageId");

            migrationBuilder.CreateIndex(
                name: "IX_Requests_InfluencerId",
                table: "Requests",
                column: "InfluencerId");

            migrationBuilder.CreateIndex(
                name: "IX_Requests_OutletId",
                table: "Requests",
                column: "OutletId");

            migrationBuilder.CreateIndex(
                name: "IX_Relationships_OwnerId",
                table: "Relationships",
                column: "OwnerId");

            migrationBuilder.CreateIndex(
                name: "IX_Relationships_StageEvidenceId",
                table: "Relationships",
                column: "StageEvidenceId");

            migrationBuilder.CreateIndex(
                name: "IX_Promises_InfluencerId",
                table: "Promises",
                column: "InfluencerId");

            migrationBuilder.CreateIndex(
                name: "IX_Promises_OutletId",
                table: "Promises",
                column: "OutletId");

            migrationBuilder.CreateIndex(
                name: "IX_Promises_StoryId",
                table: "Promises",
                column: "StoryId");

            migrationBuilder.CreateIndex(
                name: "IX_Presences_InfluencerId",
                table: "Presences",
                column: "InfluencerId");

            migrationBuilder.CreateIndex(
                name: "IX_Outlets_ParentId",
                table: "Outlets",
                column: "ParentId");

            migrationBuilder.CreateIndex(
                name: "IX_Messages_VariantId",
                table: "Messages",
                column: "VariantId");

            migrationBuilder.CreateIndex(
                name: "IX_MediaLists_CampaignId",
                table: "MediaLists",
                column: "CampaignId");

            migrationBuilder.CreateIndex(
                name: "IX_MediaLists_ClientId",
                table: "MediaLists",
                column: "ClientId");

            migrationBuilder.CreateIndex(
                name: "IX_Interactions_CoverageId",
                table: "Interactions",
                column: "CoverageId");

            migrationBuilder.CreateIndex(
                name: "IX_Interactions_LoggedBy",
                table: "Interactions",
                column: "LoggedBy");

            migrationBuilder.CreateIndex(
                name: "IX_Interactions_OutletId",
                table: "Interactions",
                column: "OutletId");

            migrationBuilder.CreateIndex(
                name: "IX_Interactions_RedirectedToId",
                table: "Interactions",
                column: "RedirectedToId");

            migrationBuilder.CreateIndex(
                name: "IX_Interactions_RequestId",
                table: "Interactions",
                column: "RequestId");

            migrationBuilder.CreateIndex(
                name: "IX_Interactions_SendOutId",
                table: "Interactions",
                column: "SendOutId");

            migrationBuilder.CreateIndex(
                name: "IX_InteractionParticipants_InfluencerId",
                table: "InteractionParticipants",
                column: "InfluencerId");

            migrationBuilder.CreateIndex(
                name: "IX_InteractionParticipants_UserId",
                table: "InteractionParticipants",
                column: "UserId");

            migrationBuilder.CreateIndex(
                name: "IX_Influencers_AwayDelegateId",
                table: "Influencers",
                column: "AwayDelegateId");

            migrationBuilder.CreateIndex(
                name: "IX_Imports_RequestedById",
                table: "Imports",
                column: "RequestedById");

            migrationBuilder.CreateIndex(
                name: "IX_ImportRows_InfluencerId",
                table: "ImportRows",
                column: "InfluencerId");

            migrationBuilder.CreateIndex(
                name: "IX_Feeds_InfluencerId",
                table: "Feeds",
                column: "InfluencerId");

            migrationBuilder.CreateIndex(
                name: "IX_Feeds_OutletId",
                table: "Feeds",
                column: "OutletId");

            migrationBuilder.CreateIndex(
                name: "IX_EmbargoAgreements_EvidenceId",
                table: "EmbargoAgreements",
                column: "EvidenceId");

            migrationBuilder.CreateIndex(
                name: "IX_CoverageMentions_ClientId",
                table: "CoverageMentions",
                column: "ClientId");

            migrationBuilder.CreateIndex(
                name: "IX_CoverageAuthors_InfluencerId",
                table: "CoverageAuthors",
                column: "InfluencerId");

            migrationBuilder.CreateIndex(
                name: "IX_Coverage_StoryId",
                table: "Coverage",
                column: "StoryId");

            migrationBuilder.CreateIndex(
                name: "IX_Coverage_SyndicatedFromId",
                table: "Coverage",
                column: "SyndicatedFromId");

            migrationBuilder.CreateIndex(
                name: "IX_ContactPoints_AddressKey",
                table: "ContactPoints",
                column: "AddressKey");

            migrationBuilder.CreateIndex(
                name: "IX_ContactPoints_AffiliationId",
                table: "ContactPoints",
                column: "AffiliationId");

            migrationBuilder.CreateIndex(
                name: "IX_ContactPoints_OutletId",
                table: "ContactPoints",
                column: "OutletId");

            migrationBuilder.CreateIndex(
                name: "IX_ContactPoints_UniqueAddressKey",
                table: "ContactPoints",
                column: "UniqueAddressKey",
                unique: true,
                filter: "[UniqueAddressKey] IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Campaigns_LeadId",
                table: "Campaigns",
                column: "LeadId");

            migrationBuilder.CreateIndex(
                name: "IX_Affiliations_InfluencerId",
                table: "Affiliations",
                column: "InfluencerId");
        }
    }
}
