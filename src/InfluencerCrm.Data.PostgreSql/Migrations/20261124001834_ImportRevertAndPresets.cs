using System;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace InfluencerCrm.Data.PostgreSql.Migrations
{
    /// <inheritdoc />
    public partial class ImportRevertAndPresets : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "Columns",
                table: "Imports",
                type: "text",
                maxLength: -1,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Description",
                table: "Imports",
                type: "character varying(400)",
                maxLength: 400,
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "Kept",
                table: "Imports",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<int>(
                name: "Undone",
                table: "Imports",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<string>(
                name: "Changes",
                table: "ImportRows",
                type: "text",
                maxLength: -1,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "RevertNote",
                table: "ImportRows",
                type: "character varying(1000)",
                maxLength: 1000,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Reverted",
                table: "ImportRows",
                type: "character varying(40)",
                maxLength: 40,
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "TargetId",
                table: "ImportRows",
                type: "integer",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "ImportPresets",
                columns: table => new
                {
                    Id = table.Column<int>(type: "integer", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    Name = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    Kind = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    Version = table.Column<Guid>(type: "uuid", nullable: false),
                    CreatedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    UpdatedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ImportPresets", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "ImportPresetColumns",
                columns: table => new
                {
                    Id = table.Column<int>(type: "integer", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    PresetId = table.Column<int>(type: "integer", nullable: false),
                    Heading = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false),
                    Field = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: true),
                    Version = table.Column<Guid>(type: "uuid", nullable: false),
                    CreatedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    UpdatedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ImportPresetColumns", x => x.Id);
                    table.ForeignKey(
                        name: "FK_ImportPresetColumns_ImportPresets_PresetId",
                        column: x => x.PresetId,
                        principalTable: "ImportPresets",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "IX_ImportPresetColumns_PresetId",
                table: "ImportPresetColumns",
                column: "PresetId");

            migrationBuilder.CreateIndex(
                name: "IX_ImportPresets_Name",
                table: "ImportPresets",
                column: "Name",
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "ImportPresetColumns");

            migrationBuilder.DropTable(
                name: "ImportPresets");

            migrationBuilder.DropColumn(
                name: "Columns",
                table: "Imports");

            migrationBuilder.DropColumn(
                name: "Description",
                table: "Imports");

            migrationBuilder.DropColumn(
                name: "Kept",
                table: "Imports");

            migrationBuilder.DropColumn(
                name: "Undone",
                table: "Imports");

            migrationBuilder.DropColumn(
                name: "Changes",
                table: "ImportRows");

            migrationBuilder.DropColumn(
                name: "RevertNote",
                table: "ImportRows");

            migrationBuilder.DropColumn(
                name: "Reverted",
                table: "ImportRows");

            migrationBuilder.DropColumn(
                name: "TargetId",
                table: "ImportRows");
        }
    }
}
