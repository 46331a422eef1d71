using InfluencerCrm.Core.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace InfluencerCrm.Data.Sqlite;

/// <summary>Used by dotnet-ef only, to write migrations; connects to nothing.</summary>
internal sealed class DesignTimeFactory : IDesignTimeDbContextFactory<CrmDbContext>
{
    public CrmDbContext CreateDbContext(string[] args)
    {
        var options = new DbContextOptionsBuilder<CrmDbContext>();
        new SqliteProvider().Configure(options, "Data Source=:memory:");
        return new CrmDbContext(options.Options);
    }
}
