using System;
using System.Collections.Generic;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace InfluencerCrm.Data.PostgreSql.Migrations
{
    /// <inheritdoc />
    public partial class Mailboxes : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "LoggingKey",
                table: "Users",
                type: "character varying(64)",
                maxLength: 64,
                nullable: true);

            migrationBuilder.AddColumn<DateTime>(
                name: "CopyDueAt",
                table: "Messages",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<List<int>>(
                name: "AlsoTo",
                table: "InboundMails",
                type: "integer[]",
                nullable: false);

            migrationBuilder.AddColumn<int>(
                name: "LoggedById",
                table: "InboundMails",
                type: "integer",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "Mailboxes",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    Account = table.Column<string>(type: "character varying(600)", maxLength: 600, nullable: false),
                    Folder = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    TakesSince = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    Validity = table.Column<long>(type: "bigint", nullable: true),
                    LastUid = table.Column<long>(type: "bigint", nullable: false),
                    LookedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    Fault = table.Column<string>(type: "character varying(1000)", maxLength: 1000, nullable: true),
                    FaultSince = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    ClaimToken = table.Column<Guid>(type: "uuid", nullable: true),
                    LeaseUntil = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    Version = table.Column<Guid>(type: "uuid", nullable: false),
                    CreatedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    UpdatedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Mailboxes", x => x.Id);
                });

            migrationBuilder.CreateIndex(
                name: "IX_Users_LoggingKey",
                table: "Users",
                column: "LoggingKey",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Messages_CopyDueAt",
                table: "Messages",
                column: "CopyDueAt",
                filter: "\"CopyDueAt\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_InboundMails_LoggedById",
                table: "InboundMails",
                column: "LoggedById",
                filter: "\"LoggedById\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Mailboxes_Account_Folder",
                table: "Mailboxes",
                columns: new[] { "Account", "Folder" },
                unique: true);

            migrationBuilder.AddForeignKey(
                name: "FK_InboundMails_Users_LoggedById",
                table: "InboundMails",
                column: "LoggedById",
                principalTable: "Users",
                principalColumn: "Id",
                onDelete: ReferentialAction.Restrict);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropForeignKey(
                name: "FK_InboundMails_Users_LoggedById",
                table: "InboundMails");

            migrationBuilder.DropTable(
                name: "Mailboxes");

            migrationBuilder.DropIndex(
                name: "IX_Users_LoggingKey",
                table: "Users");

            migrationBuilder.DropIndex(
                name: "IX_Messages_CopyDueAt",
                table: "Messages");

            migrationBuilder.DropIndex(
                name: "IX_InboundMails_LoggedById",
                table: "InboundMails");

            migrationBuilder.DropColumn(
                name: "LoggingKey",
                table: "Users");

            migrationBuilder.DropColumn(
                name: "CopyDueAt",
                table: "Messages");

            migrationBuilder.DropColumn(
                name: "AlsoTo",
                table: "InboundMails");

            migrationBuilder.DropColumn(
                name: "LoggedById",
                table: "InboundMails");
        }
    }
}
