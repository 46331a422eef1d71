using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace InfluencerCrm.Data.Sqlite.Migrations
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
                type: "TEXT",
                maxLength: 64,
                nullable: true);

            migrationBuilder.AddColumn<DateTime>(
                name: "CopyDueAt",
                table: "Messages",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "AlsoTo",
                table: "InboundMails",
                type: "TEXT",
                nullable: false,
                defaultValue: "[]");

            migrationBuilder.AddColumn<int>(
                name: "LoggedById",
                table: "InboundMails",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "Mailboxes",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    Account = table.Column<string>(type: "TEXT", maxLength: 600, nullable: false),
                    Folder = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    TakesSince = table.Column<DateTime>(type: "TEXT", nullable: false),
                    Validity = table.Column<long>(type: "INTEGER", nullable: true),
                    LastUid = table.Column<long>(type: "INTEGER", nullable: false),
                    LookedAt = table.Column<DateTime>(type: "TEXT", nullable: true),
                    Fault = table.Column<string>(type: "TEXT", maxLength: 1000, nullable: true),
                    FaultSince = table.Column<DateTime>(type: "TEXT", nullable: true),
                    ClaimToken = table.Column<Guid>(type: "TEXT", nullable: true),
                    LeaseUntil = table.Column<DateTime>(type: "TEXT", nullable: true),
                    Version = table.Column<Guid>(type: "TEXT", nullable: false),
                    CreatedAt = table.Column<DateTime>(type: "TEXT", nullable: false),
                    UpdatedAt = table.Column<DateTime>(type: "TEXT", nullable: false)
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
