using InfluencerCrm.Core.Changes;
using InfluencerCrm.Data.SqlServer;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.SqlServer.Dac.Model;

namespace InfluencerCrm.Core.Tests.Data.SqlServer;

/// <summary>The schema for SQL Server, checked without one; each check is shown to find what it looks for.</summary>
public sealed class SqlServerSchemaTests
{
    [Theory]
    [InlineData(MigrationsSqlGenerationOptions.Default)]
    [InlineData(MigrationsSqlGenerationOptions.Idempotent)]
    public async Task TheMigrationsScript_IsTransactSql(MigrationsSqlGenerationOptions options)
    {
        await using var server = new SqlServerWithoutServer();

        var script = server.Db.GetService<IMigrator>().GenerateScript(options: options);

        Assert.Contains("CREATE TABLE [Influencers]", script, StringComparison.Ordinal);
        Assert.Empty(TSql.ProblemsOf(script));
    }

    [Theory]
    [InlineData("CREATE TABLE [A] ([Id] int NOT NULL,, [B] int)")]
    [InlineData("SELECT 1 LIMIT 5")]
    [InlineData("SELECT a.[X] FROM (SELECT [X] FROM [T] ORDER BY [X]) AS a")]
    public void TheParser_FindsWhatIsNoTransactSql(string sql) => Assert.NotEmpty(TSql.ProblemsOf(sql));

    [Fact]
    public async Task TheSchema_IsWholeInMicrosoftsOwnModel()
    {
        await using var server = new SqlServerWithoutServer();

        Assert.Empty(ModelProblems(server.Db.Database.GenerateCreateScript()));
    }

    [Fact]
    public async Task TheTriggersOfTheChangeFeed_AreWholeInMicrosoftsOwnModel()
    {
        await using var server = new SqlServerWithoutServer();

        var triggers = ChangeTriggers.Of(server.Db.Model, SqlServerChangeTriggers.Of).ToList();

        Assert.Equal(FollowedSet.All.Count, triggers.Count);
        Assert.Empty(triggers.SelectMany(TSql.ProblemsOf));

        // The model knows no OR ALTER.
        Assert.Empty(ModelProblems(server.Db.Database.GenerateCreateScript(), [.. triggers.Select(t => t.Replace("CREATE OR ALTER", "CREATE", StringComparison.Ordinal))]));
        Assert.NotEmpty(ModelProblems(server.Db.Database.GenerateCreateScript(), triggers[0].Replace("CREATE OR ALTER", "CREATE", StringComparison.Ordinal).Replace("[Version]", "[Missing]", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("CREATE TABLE [A] ([Id] int NOT NULL PRIMARY KEY, [B] int REFERENCES [Nowhere] ([Id]));")]
    [InlineData("CREATE TABLE [A] ([Id] int NOT NULL PRIMARY KEY); CREATE INDEX [I] ON [A] ([Missing]);")]
    public void TheModel_FindsBrokenReferences(string schema) => Assert.NotEmpty(ModelProblems(schema));

    [Fact]
    public async Task NoTable_IsReachedByTwoCascades()
    {
        await using var server = new SqlServerWithoutServer();

        Assert.Empty(SqlServerModel.CascadeProblems(server.Db.GetService<IDesignTimeModel>().Model));
    }

    [Fact]
    public void TheCascadeCheck_FindsSecondPathsAndCircles()
    {
        var direct = Model(b =>
        {
            b.Entity<Parent>();
            b.Entity<Middle>().HasOne<Parent>().WithMany().HasForeignKey(m => m.ParentId).OnDelete(DeleteBehavior.Cascade);
            b.Entity<Leaf>().HasOne<Middle>().WithMany().HasForeignKey(l => l.MiddleId).OnDelete(DeleteBehavior.Cascade);
            b.Entity<Leaf>().HasOne<Parent>().WithMany().HasForeignKey(l => l.ParentId).OnDelete(DeleteBehavior.SetNull);
        });
        var self = Model(b => b.Entity<Leaf>().HasOne<Leaf>().WithMany().HasForeignKey(l => l.ParentId).OnDelete(DeleteBehavior.Cascade));
        var fine = Model(b => b.Entity<Leaf>().HasOne<Parent>().WithMany().HasForeignKey(l => l.ParentId).OnDelete(DeleteBehavior.Cascade));

        Assert.Contains("two paths", Assert.Single(SqlServerModel.CascadeProblems(direct)), StringComparison.Ordinal);
        Assert.Equal("a circle: Leaf → Leaf", Assert.Single(SqlServerModel.CascadeProblems(self)));
        Assert.Empty(SqlServerModel.CascadeProblems(fine));
    }

    [Fact]
    public async Task EveryKeyAndIndex_FitsAnIndexPage()
    {
        await using var server = new SqlServerWithoutServer();

        Assert.Empty(SqlServerModel.KeyProblems(server.Db.GetService<IDesignTimeModel>().Model));
    }

    [Fact]
    public void TheKeyCheck_FindsLongAndUnboundedKeys()
    {
        var tooLong = Model(b =>
        {
            b.Entity<Leaf>().Property(l => l.Text).HasMaxLength(849);
            b.Entity<Leaf>().HasIndex(l => new { l.Text, l.ParentId });
        });
        var unbounded = Model(b =>
        {
            b.Entity<Leaf>().Property(l => l.Text).HasColumnType("nvarchar(max)");
            b.Entity<Leaf>().HasIndex(l => l.Text);
        });

        Assert.Contains("1702 bytes", Assert.Single(SqlServerModel.KeyProblems(tooLong)), StringComparison.Ordinal);
        Assert.Contains("without length", Assert.Single(SqlServerModel.KeyProblems(unbounded)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task TextsWithoutLength_AreDecided()
    {
        await using var server = new SqlServerWithoutServer();

        Assert.Equal(Decided.Order(StringComparer.Ordinal), SqlServerModel.Unbounded(server.Db.GetService<IDesignTimeModel>().Model));
    }

    // Long texts, files, and lists and texts by language, which are kept as JSON. A new one goes here, or gets a length.
    private static readonly string[] Decided =
    [
        "AssetContents.Bytes",
        "AuditEntries.Changes",
        "Clients.BannedWords", "Clients.Boilerplate", "Clients.Competitors", "Clients.Languages", "Clients.WatchWords",
        "CoverageMentions.KeyMessages",
        "DataProtectionKeys.Xml",
        "IdempotencyKeys.Body", "ImportRows.Changes", "ImportRows.Source", "Imports.Columns",
        "InboundMails.AlsoTo", "InboundMails.ReplyText",
        "Influencers.About", "Influencers.Bio", "Influencers.BioSearch", "Influencers.Languages", "Influencers.SearchText", "Influencers.Tags",
        "Interactions.Notes",
        "KeyMessages.Text",
        "Messages.Values",
        "Platforms.ExpressionModes", "Platforms.RelationModes",
        "Requests.Answer", "Requests.Question",
        "SendOutVariants.BodyTemplate",
        "SendOuts.BodyTemplate", "SendOuts.QuietDays",
        "SenderAccounts.ClientIds", "SenderAccounts.UserIds",
        "Stories.TopicIds",
        "StoryVersions.Body",
        "Topics.Keywords", "Topics.Names", "Topics.SearchText",
        "Watches.TopicIds", "Watches.Words",
        "Webhooks.Events",
    ];

    private static List<string> ModelProblems(string schema, params string[] more)
    {
        using var model = new TSqlModel(SqlServerVersion.Sql150, new TSqlModelOptions());
        foreach (var statement in TSql.BatchesOf(schema).Concat(more))
        {
            model.AddObjects(statement);
        }

        return [.. model.Validate().Select(m => m.ToString())];
    }

    private static IModel Model(Action<ModelBuilder> build)
    {
        using var db = new Planted(build);
        return db.GetService<IDesignTimeModel>().Model;
    }

    private sealed class Parent
    {
        public int Id { get; set; }
    }

    private sealed class Middle
    {
        public int Id { get; set; }

        public int? ParentId { get; set; }
    }

    private sealed class Leaf
    {
        public int Id { get; set; }

        public int? ParentId { get; set; }

        public int? MiddleId { get; set; }

        public string? Text { get; set; }
    }

    private sealed class Planted(Action<ModelBuilder> build) : DbContext
    {
        // One model for each context, not one for the type.
        protected override void OnConfiguring(DbContextOptionsBuilder optionsBuilder) =>
            optionsBuilder.UseSqlServer("Server=nowhere.invalid").ReplaceService<IModelCacheKeyFactory, NoCache>();

        protected override void OnModelCreating(ModelBuilder modelBuilder) => build(modelBuilder);
    }

    private sealed class NoCache : IModelCacheKeyFactory
    {
        public object Create(DbContext context, bool designTime) => new();
    }
}
