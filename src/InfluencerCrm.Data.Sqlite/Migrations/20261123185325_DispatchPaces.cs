using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace InfluencerCrm.Data.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class DispatchPaces : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            // SQLite would rebuild the table outside the transaction to drop its foreign key; no row of it is older than this migration.
            migrationBuilder.DropTable(name: "RateBudgets");

            migrationBuilder.CreateTable(
                name: "RateBudgets",
                columns: table => new
                {
                    Id = table.Column<int>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    Subject = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Window = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    StartsAt = table.Column<DateTime>(type: "TEXT", nullable: false),
                    Used = table.Column<int>(type: "INTEGER", nullable: false),
                    Version = table.Column<Guid>(type: "TEXT", nullable: false),
                    CreatedAt = table.Column<DateTime>(type: "TEXT", nullable: false),
                    UpdatedAt = table.Column<DateTime>(type: "TEXT", nullable: false)
                },
                constraints: table => table.PrimaryKey("PK_RateBudgets", x => x.Id));

            migrationBuilder.DropIndex(
                name: "IX_Messages_SendOutId_Status",
                table: "Messages");

            migrationBuilder.DropIndex(
                name: "IX_Messages_Status_DueAt_Id",
                table: "Messages");

            migrationBuilder.CreateIndex(
                name: "IX_RateBudgets_Subject_Window_StartsAt",
                table: "RateBudgets",
                columns: new[] { "Subject", "Window", "StartsAt" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Messages_SendOutId_Status_DueAt_Id",
                table: "Messages",
                columns: new[] { "SendOutId", "Status", "DueAt", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_Messages_Status_LeaseUntil",
                table: "Messages",
                columns: new[] { "Status", "LeaseUntil" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_RateBudgets_Subject_Window_StartsAt",
                table: "RateBudgets");

            migrationBuilder.DropIndex(
                name: "IX_Messages_SendOutId_Status_DueAt_Id",
                table: "Messages");

            migrationBuilder.DropIndex(
                name: "IX_Messages_Status_LeaseUntil",
                table: "Messages");

            migrationBuilder.DropColumn(
                name: "Subject",
                table: "RateBudgets");

            migrationBuilder.AddColumn<int>(
                name: "SenderAccountId",
                table: "RateBudgets",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.CreateIndex(
                name: "IX_RateBudgets_SenderAccountId_Window_StartsAt",
                table: "RateBudgets",
                columns: new[] { "SenderAccountId", "Window", "StartsAt" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Messages_SendOutId_Status",
                table: "Messages",
                columns: new[] { "SendOutId", "Status" });

            migrationBuilder.CreateIndex(
                name: "IX_Messages_Status_DueAt_Id",
                table: "Messages",
                columns: new[] { "Status", "DueAt", "Id" });

            migrationBuilder.AddForeignKey(
                name: "FK_RateBudgets_SenderAccounts_SenderAccountId",
                table: "RateBudgets",
                column: "SenderAccountId",
                principalTable: "SenderAccounts",
                principalColumn: "Id",
                onDelete: ReferentialAction.Cascade);
        }
    }
}
