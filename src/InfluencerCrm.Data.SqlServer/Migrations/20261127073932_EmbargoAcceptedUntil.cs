using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace InfluencerCrm.Data.SqlServer.Migrations
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
                type: "datetime2",
                nullable: true);

            migrationBuilder.Sql("UPDATE [EmbargoAgreements] SET [AcceptedUntil] = (SELECT [EmbargoUntil] FROM [Stories] WHERE [Stories].[Id] = [EmbargoAgreements].[StoryId]) WHERE [Status] IN (N'Accepted', N'Broken')");
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
