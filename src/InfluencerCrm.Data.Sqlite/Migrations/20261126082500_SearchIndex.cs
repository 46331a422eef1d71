using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace InfluencerCrm.Data.Sqlite.Migrations
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
            migrationBuilder.Sql("UPDATE \"Influencers\" SET \"SearchText\" = substr(\"BioSearch\" || ' ' || \"SearchText\", 1, 20000) WHERE \"BioSearch\" <> '' AND instr(\"SearchText\", \"BioSearch\") = 0");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            foreach (var index in new[] { "InfluencersSearchText", "CoverageTitleSearch" })
            {
                foreach (var trigger in new[] { "Inserted", "Updated", "Deleted" })
                {
                    migrationBuilder.Sql($"DROP TRIGGER IF EXISTS \"{index}{trigger}\"");
                }

                migrationBuilder.Sql($"DROP TABLE IF EXISTS \"{index}\"");
            }

            migrationBuilder.Sql("DROP TABLE IF EXISTS \"SearchIndexesHeld\"");
        }
    }
}
