using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace InfluencerCrm.Data.SqlServer.Migrations
{
    /// <inheritdoc />
    public partial class LeanDispatch : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Messages_ClaimToken",
                table: "Messages");

            migrationBuilder.DropIndex(
                name: "IX_Messages_Status_LeaseUntil",
                table: "Messages");

            migrationBuilder.DropIndex(
                name: "IX_Interactions_CampaignId_OccurredAt",
                table: "Interactions");

            migrationBuilder.DropIndex(
                name: "IX_Interactions_ClientId_OccurredAt",
                table: "Interactions");

            migrationBuilder.DropIndex(
                name: "IX_Interactions_StoryId_InfluencerId",
                table: "Interactions");

            migrationBuilder.CreateIndex(
                name: "IX_Messages_Id",
                table: "Messages",
                column: "Id",
                filter: "\"Status\" = 'Sending'");

            migrationBuilder.CreateIndex(
                name: "IX_Interactions_CampaignId_OccurredAt",
                table: "Interactions",
                columns: new[] { "CampaignId", "OccurredAt" },
                filter: "\"CampaignId\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Interactions_ClientId_OccurredAt",
                table: "Interactions",
                columns: new[] { "ClientId", "OccurredAt" },
                filter: "\"ClientId\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Interactions_StoryId_InfluencerId",
                table: "Interactions",
                columns: new[] { "StoryId", "InfluencerId" },
                filter: "\"StoryId\" IS NOT NULL");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Messages_Id",
                table: "Messages");

            migrationBuilder.DropIndex(
                name: "IX_Interactions_CampaignId_OccurredAt",
                table: "Interactions");

            migrationBuilder.DropIndex(
                name: "IX_Interactions_ClientId_OccurredAt",
                table: "Interactions");

            migrationBuilder.DropIndex(
                name: "IX_Interactions_StoryId_InfluencerId",
                table: "Interactions");

            migrationBuilder.CreateIndex(
                name: "IX_Messages_ClaimToken",
                table: "Messages",
                column: "ClaimToken",
                filter: "\"ClaimToken\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Messages_Status_LeaseUntil",
                table: "Messages",
                columns: new[] { "Status", "LeaseUntil" });

            migrationBuilder.CreateIndex(
                name: "IX_Interactions_CampaignId_OccurredAt",
                table: "Interactions",
                columns: new[] { "CampaignId", "OccurredAt" });

            migrationBuilder.CreateIndex(
                name: "IX_Interactions_ClientId_OccurredAt",
                table: "Interactions",
                columns: new[] { "ClientId", "OccurredAt" });

            migrationBuilder.CreateIndex(
                name: "IX_Interactions_StoryId_InfluencerId",
                table: "Interactions",
                columns: new[] { "StoryId", "InfluencerId" });
        }
    }
}
