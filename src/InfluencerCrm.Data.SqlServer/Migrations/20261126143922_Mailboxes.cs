using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace InfluencerCrm.Data.SqlServer.Migrations
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
                type: "nvarchar(64)",
                maxLength: 64,
                nullable: true,
                collation: "Latin1_General_100_BIN2");

            migrationBuilder.AddColumn<DateTime>(
                name: "CopyDueAt",
                table: "Messages",
                type: "datetime2",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "AlsoTo",
                table: "InboundMails",
                type: "nvarchar(max)",
                nullable: false,
                defaultValue: "[]");

            migrationBuilder.AddColumn<int>(
                name: "LoggedById",
                table: "InboundMails",
                type: "int",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "Mailboxes",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("SqlServer:Identity", "1, 1"),
                    Account = table.Column<string>(type: "nvarchar(600)", maxLength: 600, nullable: false, collation: "Latin1_General_100_BIN2"),
                    Folder = table.Column<string>(type: "nvarchar(100)", maxLength: 100, nullable: false, collation: "Latin1_General_100_BIN2"),
                    TakesSince = table.Column<DateTime>(type: "datetime2", nullable: false),
                    Validity = table.Column<long>(type: "bigint", nullable: true),
                    LastUid = table.Column<long>(type: "bigint", nullable: false),
                    LookedAt = table.Column<DateTime>(type: "datetime2", nullable: true),
                    Fault = table.Column<string>(type: "nvarchar(1000)", maxLength: 1000, nullable: true, collation: "Latin1_General_100_BIN2"),
                    FaultSince = table.Column<DateTime>(type: "datetime2", nullable: true),
                    ClaimToken = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    LeaseUntil = table.Column<DateTime>(type: "datetime2", nullable: true),
                    Version = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    CreatedAt = table.Column<DateTime>(type: "datetime2", nullable: false),
                    UpdatedAt = table.Column<DateTime>(type: "datetime2", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Mailboxes", x => x.Id);
                });

            migrationBuilder.CreateIndex(
                name: "IX_Users_LoggingKey",
                table: "Users",
                column: "LoggingKey",
                unique: true,
                filter: "[LoggingKey] IS NOT NULL");

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
