using InfluencerCrm.Core.Changes;

namespace InfluencerCrm.Data.SqlServer;

/// <summary>
/// Writes what happens to a followed table into <c>Changes</c>, once a statement. Leases change without a new version, and are no change.
/// </summary>
public static class SqlServerChangeTriggers
{
    public static IEnumerable<string> Of(FollowedTable table)
    {
        ArgumentNullException.ThrowIfNull(table);
        var before = $"{Column(table.Client)}, {Column(table.Campaign)}";
        yield return $"""
            CREATE OR ALTER TRIGGER [{table.Set}Changes] ON [{table.Table}] AFTER INSERT, UPDATE, DELETE AS
            BEGIN
                SET NOCOUNT ON;
                INSERT INTO [Changes] ([Entity], [Key], [Kind], [Event], [At])
                SELECT N'{table.Set}', i.[Id], N'{nameof(ChangeKind.Created)}', {table.EventOfInsert("i")}, SYSUTCDATETIME()
                FROM inserted AS i WHERE NOT EXISTS (SELECT 1 FROM deleted AS d WHERE d.[Id] = i.[Id]);
                INSERT INTO [Changes] ([Entity], [Key], [Kind], [Event], [At], [ClientId], [CampaignId])
                SELECT N'{table.Set}', d.[Id], N'{nameof(ChangeKind.Updated)}', {table.EventOfUpdate("i", "d")}, SYSUTCDATETIME(), {before}
                FROM deleted AS d INNER JOIN inserted AS i ON i.[Id] = d.[Id] WHERE i.[Version] <> d.[Version];
                INSERT INTO [Changes] ([Entity], [Key], [Kind], [Event], [At], [ClientId], [CampaignId])
                SELECT N'{table.Set}', d.[Id], N'{nameof(ChangeKind.Deleted)}', NULL, SYSUTCDATETIME(), {before}
                FROM deleted AS d WHERE NOT EXISTS (SELECT 1 FROM inserted AS i WHERE i.[Id] = d.[Id]);
            END
            """;
    }

    private static string Column(string? name) => name is null ? "NULL" : $"d.[{name}]";
}
