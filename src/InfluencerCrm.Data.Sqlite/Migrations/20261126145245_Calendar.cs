using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace InfluencerCrm.Data.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class Calendar : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<bool>(
                name: "AnyTime",
                table: "SendOuts",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<string>(
                name: "QuietDays",
                table: "SendOuts",
                type: "TEXT",
                nullable: false,
                defaultValue: "[]");

            migrationBuilder.AddColumn<string>(
                name: "StopReason",
                table: "SendOuts",
                type: "TEXT",
                maxLength: 1000,
                nullable: true);

            migrationBuilder.AddColumn<DateTime>(
                name: "StoppedAt",
                table: "SendOuts",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "StoppedById",
                table: "SendOuts",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "WhenAway",
                table: "SendOuts",
                type: "TEXT",
                maxLength: 40,
                nullable: false,
                defaultValue: "Skip");

            migrationBuilder.AddColumn<TimeOnly>(
                name: "WindowFrom",
                table: "SendOuts",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<TimeOnly>(
                name: "WindowUntil",
                table: "SendOuts",
                type: "TEXT",
                nullable: true);

            migrationBuilder.CreateIndex(
                name: "IX_SendOuts_StoppedById",
                table: "SendOuts",
                column: "StoppedById",
                filter: "\"StoppedById\" IS NOT NULL");

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

            migrationBuilder.DropIndex(
                name: "IX_SendOuts_StoppedById",
                table: "SendOuts");

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
        }
    }
}
