using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace InfluencerCrm.Data.PostgreSql.Migrations
{
    /// <summary>
    /// The indexes inside texts themselves are made after migrating. This makes every biography whole in the text that is searched, where
    /// a great many tags had cut it off.
    /// </summary>
    public partial class SearchIndex : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("UPDATE \"Influencers\" SET \"SearchText\" = substr(\"BioSearch\" || ' ' || \"SearchText\", 1, 20000) WHERE \"BioSearch\" <> '' AND strpos(\"SearchText\", \"BioSearch\") = 0");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("DROP INDEX IF EXISTS \"InfluencersSearchText\"");
            migrationBuilder.Sql("DROP INDEX IF EXISTS \"CoverageTitleSearch\"");
        }
    }
}
