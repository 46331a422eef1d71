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
            migrationBuilder.DropForeignKey(
                name: "FK_RateBudgets_SenderAccounts_SenderAccountId",
                table: "RateBudgets");

            migrationBuilder.DropIndex(
                name: "IX_RateBudgets_SenderAccountId_Window_StartsAt",
                table: "RateBudgets");

            migrationBuilder.DropIndex(
                name: "IX_Messages_SendOutId_Status",
                table: "Messages");

            migrationBuilder.DropIndex(
                name: "IX_Messages_Status_DueAt_Id",
                table: "Messages");

            migrationBuilder.DropColumn(
                name: "SenderAccountId",
                table: "RateBudgets");

            migrationBuilder.AddColumn<string>(
                name: "Subject",
                table: "RateBudgets",
                type: "TEXT",
                maxLength: 40,
                nullable: false,
                defaultValue: "");

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
