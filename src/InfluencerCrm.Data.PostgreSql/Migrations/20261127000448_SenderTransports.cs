using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace InfluencerCrm.Data.PostgreSql.Migrations
{
    /// <inheritdoc />
    public partial class SenderTransports : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Interactions_NextStepDueAt",
                table: "Interactions");

            migrationBuilder.AddColumn<int>(
                name: "MaxConnections",
                table: "SenderAccounts",
                type: "integer",
                nullable: false,
                defaultValue: 2);

            migrationBuilder.AddColumn<string>(
                name: "OauthClientId",
                table: "SenderAccounts",
                type: "character varying(400)",
                maxLength: 400,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "OauthScope",
                table: "SenderAccounts",
                type: "character varying(1000)",
                maxLength: 1000,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "OauthTokenEndpoint",
                table: "SenderAccounts",
                type: "character varying(1000)",
                maxLength: 1000,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "ProtectedClientSecret",
                table: "SenderAccounts",
                type: "character varying(4000)",
                maxLength: 4000,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "ProtectedRefreshToken",
                table: "SenderAccounts",
                type: "character varying(4000)",
                maxLength: 4000,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Provider",
                table: "SenderAccounts",
                type: "character varying(40)",
                maxLength: 40,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Security",
                table: "SenderAccounts",
                type: "character varying(40)",
                maxLength: 40,
                nullable: false,
                defaultValue: "Auto");

            migrationBuilder.AddColumn<string>(
                name: "StateReason",
                table: "SenderAccounts",
                type: "character varying(1000)",
                maxLength: 1000,
                nullable: true);

            migrationBuilder.CreateIndex(
                name: "IX_Interactions_NextStepDueAt",
                table: "Interactions",
                column: "NextStepDueAt",
                filter: "\"NextStepDueAt\" IS NOT NULL");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Interactions_NextStepDueAt",
                table: "Interactions");

            migrationBuilder.DropColumn(
                name: "MaxConnections",
                table: "SenderAccounts");

            migrationBuilder.DropColumn(
                name: "OauthClientId",
                table: "SenderAccounts");

            migrationBuilder.DropColumn(
                name: "OauthScope",
                table: "SenderAccounts");

            migrationBuilder.DropColumn(
                name: "OauthTokenEndpoint",
                table: "SenderAccounts");

            migrationBuilder.DropColumn(
                name: "ProtectedClientSecret",
                table: "SenderAccounts");

            migrationBuilder.DropColumn(
                name: "ProtectedRefreshToken",
                table: "SenderAccounts");

            migrationBuilder.DropColumn(
                name: "Provider",
                table: "SenderAccounts");

            migrationBuilder.DropColumn(
                name: "Security",
                table: "SenderAccounts");

            migrationBuilder.DropColumn(
                name: "StateReason",
                table: "SenderAccounts");

            migrationBuilder.CreateIndex(
                name: "IX_Interactions_NextStepDueAt",
                table: "Interactions",
                column: "NextStepDueAt");
        }
    }
}
