using InfluencerCrm.Core;
using InfluencerCrm.Core.Data;
using InfluencerCrm.Data.PostgreSql;
using InfluencerCrm.Data.Sqlite;
using InfluencerCrm.Data.SqlServer;
using Microsoft.AspNetCore.DataProtection;

namespace InfluencerCrm.Host;

/// <summary>Chooses the database from the configuration.</summary>
internal static class DatabaseRegistration
{
    public static void AddDatabase(this WebApplicationBuilder builder)
    {
        var options = builder.Configuration.GetSection("Database").Get<DatabaseOptions>() ?? new DatabaseOptions();
        IDatabaseProvider provider = options.Provider switch
        {
            "Sqlite" => new SqliteProvider(),
            "SqlServer" => new SqlServerProvider(),
            "PostgreSql" => new PostgreSqlProvider(),
            var other => throw new StartProblem($"Database__Provider is \"{other}\"; it must be Sqlite, SqlServer or PostgreSql."),
        };
        var connection = builder.Configuration.GetConnectionString("Crm");
        if (string.IsNullOrWhiteSpace(connection))
        {
            connection = provider.IsEmbedded ? "Data Source=data/crm.db" : throw new StartProblem($"Database__Provider is {provider.Name}: set ConnectionStrings__Crm.");
        }

        builder.Services.AddSingleton(options);
        builder.Services.AddCrmDatabase(provider, connection);
        builder.Services.AddDataProtection().PersistKeysToDbContext<CrmDbContext>().SetApplicationName("InfluencerCrm");
    }
}

/// <summary>The product cannot start as configured; the message says what to change.</summary>
public sealed class StartProblem(string message) : Exception(message);
