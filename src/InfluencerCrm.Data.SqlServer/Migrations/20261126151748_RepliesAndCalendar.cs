using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace InfluencerCrm.Data.SqlServer.Migrations
{
    /// <inheritdoc />
    public partial class RepliesAndCalendar : Migration
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

            migrationBuilder.AddColumn<bool>(
                name: "AnyTime",
                table: "SendOuts",
                type: "bit",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<string>(
                name: "QuietDays",
                table: "SendOuts",
                type: "nvarchar(max)",
                nullable: false,
                defaultValue: "[]");

            migrationBuilder.AddColumn<string>(
                name: "StopReason",
                table: "SendOuts",
                type: "nvarchar(1000)",
                maxLength: 1000,
                nullable: true,
                collation: "Latin1_General_100_BIN2");

            migrationBuilder.AddColumn<DateTime>(
                name: "StoppedAt",
                table: "SendOuts",
                type: "datetime2",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "StoppedById",
                table: "SendOuts",
                type: "int",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "WhenAway",
                table: "SendOuts",
                type: "nvarchar(40)",
                maxLength: 40,
                nullable: false,
                defaultValue: "Skip",
                collation: "Latin1_General_100_BIN2");

            migrationBuilder.AddColumn<TimeOnly>(
                name: "WindowFrom",
                table: "SendOuts",
                type: "time",
                nullable: true);

            migrationBuilder.AddColumn<TimeOnly>(
                name: "WindowUntil",
                table: "SendOuts",
                type: "time",
                nullable: true);

            migrationBuilder.AddColumn<DateTime>(
                name: "CopyDueAt",
                table: "Messages",
                type: "datetime2",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "InboundMails",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("SqlServer:Identity", "1, 1"),
                    Kind = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false, collation: "Latin1_General_100_BIN2"),
                    State = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false, collation: "Latin1_General_100_BIN2"),
                    Problem = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: true, collation: "Latin1_General_100_BIN2"),
                    DueAt = table.Column<DateTime>(type: "datetime2", nullable: true),
                    ReceivedAt = table.Column<DateTime>(type: "datetime2", nullable: false),
                    WrittenAt = table.Column<DateTime>(type: "datetime2", nullable: false),
                    FromAddress = table.Column<string>(type: "nvarchar(320)", maxLength: 320, nullable: true, collation: "Latin1_General_100_BIN2"),
                    Subject = table.Column<string>(type: "nvarchar(1000)", maxLength: 1000, nullable: true, collation: "Latin1_General_100_BIN2"),
                    ReplyText = table.Column<string>(type: "nvarchar(max)", maxLength: 20000, nullable: true, collation: "Latin1_General_100_BIN2"),
                    Action = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: true, collation: "Latin1_General_100_BIN2"),
                    BounceType = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: true, collation: "Latin1_General_100_BIN2"),
                    Recipient = table.Column<string>(type: "nvarchar(320)", maxLength: 320, nullable: true, collation: "Latin1_General_100_BIN2"),
                    StatusCode = table.Column<string>(type: "nvarchar(20)", maxLength: 20, nullable: true, collation: "Latin1_General_100_BIN2"),
                    Reason = table.Column<string>(type: "nvarchar(1000)", maxLength: 1000, nullable: true, collation: "Latin1_General_100_BIN2"),
                    AwayUntil = table.Column<DateTime>(type: "datetime2", nullable: true),
                    MessageId = table.Column<long>(type: "bigint", nullable: true),
                    InfluencerId = table.Column<int>(type: "int", nullable: true),
                    ClientId = table.Column<int>(type: "int", nullable: true),
                    CampaignId = table.Column<int>(type: "int", nullable: true),
                    ResolvedAt = table.Column<DateTime>(type: "datetime2", nullable: true),
                    ResolvedById = table.Column<int>(type: "int", nullable: true),
                    LoggedById = table.Column<int>(type: "int", nullable: true),
                    AlsoTo = table.Column<string>(type: "nvarchar(max)", nullable: false),
                    MailKey = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: false, collation: "Latin1_General_100_BIN2"),
                    Version = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    CreatedAt = table.Column<DateTime>(type: "datetime2", nullable: false),
                    UpdatedAt = table.Column<DateTime>(type: "datetime2", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_InboundMails", x => x.Id);
                    table.ForeignKey(
                        name: "FK_InboundMails_Campaigns_CampaignId",
                        column: x => x.CampaignId,
                        principalTable: "Campaigns",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_InboundMails_Clients_ClientId",
                        column: x => x.ClientId,
                        principalTable: "Clients",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_InboundMails_Influencers_InfluencerId",
                        column: x => x.InfluencerId,
                        principalTable: "Influencers",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_InboundMails_Messages_MessageId",
                        column: x => x.MessageId,
                        principalTable: "Messages",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_InboundMails_Users_LoggedById",
                        column: x => x.LoggedById,
                        principalTable: "Users",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_InboundMails_Users_ResolvedById",
                        column: x => x.ResolvedById,
                        principalTable: "Users",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

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
                name: "IX_SendOuts_StoppedById",
                table: "SendOuts",
                column: "StoppedById",
                filter: "\"StoppedById\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Messages_CopyDueAt",
                table: "Messages",
                column: "CopyDueAt",
                filter: "\"CopyDueAt\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_InboundMails_CampaignId",
                table: "InboundMails",
                column: "CampaignId",
                filter: "\"CampaignId\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_InboundMails_ClientId",
                table: "InboundMails",
                column: "ClientId",
                filter: "\"ClientId\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_InboundMails_InfluencerId_ReceivedAt",
                table: "InboundMails",
                columns: new[] { "InfluencerId", "ReceivedAt" });

            migrationBuilder.CreateIndex(
                name: "IX_InboundMails_LoggedById",
                table: "InboundMails",
                column: "LoggedById",
                filter: "\"LoggedById\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_InboundMails_MailKey",
                table: "InboundMails",
                column: "MailKey",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_InboundMails_MessageId",
                table: "InboundMails",
                column: "MessageId",
                filter: "\"MessageId\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_InboundMails_ResolvedById",
                table: "InboundMails",
                column: "ResolvedById",
                filter: "\"ResolvedById\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_InboundMails_State_DueAt",
                table: "InboundMails",
                columns: new[] { "State", "DueAt" });

            migrationBuilder.CreateIndex(
                name: "IX_Mailboxes_Account_Folder",
                table: "Mailboxes",
                columns: new[] { "Account", "Folder" },
                unique: true);

            migrationBuilder.AddForeignKey(
                name: "FK_SendOuts_Users_StoppedById",
                table: "SendOuts",
                column: "StoppedById",
                principalTable: "Users",
                principalColumn: "Id",
                onDelete: ReferentialAction.Restrict);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropForeignKey(
                name: "FK_SendOuts_Users_StoppedById",
                table: "SendOuts");

            migrationBuilder.DropTable(
                name: "InboundMails");

            migrationBuilder.DropTable(
                name: "Mailboxes");

            migrationBuilder.DropIndex(
                name: "IX_Users_LoggingKey",
                table: "Users");

            migrationBuilder.DropIndex(
                name: "IX_SendOuts_StoppedById",
                table: "SendOuts");

            migrationBuilder.DropIndex(
                name: "IX_Messages_CopyDueAt",
                table: "Messages");

            migrationBuilder.DropColumn(
                name: "LoggingKey",
                table: "Users");

            migrationBuilder.DropColumn(
                name: "AnyTime",
                table: "SendOuts");

            migrationBuilder.DropColumn(
                name: "QuietDays",
                table: "SendOuts");

            migrationBuilder.DropColumn(
                name: "StopReason",
                table: "SendOuts");

            migrationBuilder.DropColumn(
                name: "StoppedAt",
                table: "SendOuts");

            migrationBuilder.DropColumn(
                name: "StoppedById",
                table: "SendOuts");

            migrationBuilder.DropColumn(
                name: "WhenAway",
                table: "SendOuts");

            migrationBuilder.DropColumn(
                name: "WindowFrom",
                table: "SendOuts");

            migrationBuilder.DropColumn(
                name: "WindowUntil",
                table: "SendOuts");

            migrationBuilder.DropColumn(
                name: "CopyDueAt",
                table: "Messages");
        }
    }
}
