using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace InfluencerCrm.Data.PostgreSql.Migrations
{
    /// <summary>Until when an embargo was accepted; agreements of before cover the end that their story has now.</summary>
    public partial class EmbargoAcceptedUntil : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<DateTime>(
                name: "AcceptedUntil",
                table: "EmbargoAgreements",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.Sql("UPDATE \"EmbargoAgreements\" SET \"AcceptedUntil\" = (SELECT \"EmbargoUntil\" FROM \"Stories\" WHERE \"Stories\".\"Id\" = \"EmbargoAgreements\".\"StoryId\") WHERE \"Status\" IN ('Accepted', 'Broken')");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "AcceptedUntil",
                table: "EmbargoAgreements");
        }
    }
}
