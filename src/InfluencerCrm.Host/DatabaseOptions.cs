using System.ComponentModel.DataAnnotations;

namespace InfluencerCrm.Host;

/// <summary>Section <c>Database</c>.</summary>
public sealed class DatabaseOptions
{
    [RegularExpression("^(Sqlite|SqlServer|PostgreSql)$", ErrorMessage = "Database__Provider must be Sqlite, SqlServer or PostgreSql.")]
    public string Provider { get; set; } = "Sqlite";

    /// <summary>Runs migrations at start on a server database too; on SQLite they always run.</summary>
    public bool MigrateOnStart { get; set; }
}
