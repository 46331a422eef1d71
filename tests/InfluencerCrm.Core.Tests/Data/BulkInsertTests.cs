using InfluencerCrm.Core.Data;
using InfluencerCrm.Data.Sqlite;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;

namespace InfluencerCrm.Core.Tests.Data;

public sealed class BulkInsertTests : IDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 3, 4, 5, 6, 7, TimeSpan.Zero);

    private readonly string _path = Path.Combine(Path.GetTempPath(), $"bulk-{Guid.NewGuid():N}.db");
    private readonly FakeTimeProvider _clock = new(Now);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        File.Delete(_path);
    }

    [Theory]
    [InlineData(1, false)]
    [InlineData(7, false)]
    [InlineData(1, true)]
    public async Task Rows_ComeBackThroughEfAsEfItselfWouldHaveWrittenThem(int rowsPerStatement, bool prepared)
    {
        await using var db = await OpenAsync();
        var rows = Enumerable.Range(0, 50).Select(i => new Sample($"Zoé {i}", i)).ToList();
        await using (var insert = new BulkInsert<Sample>(db, _clock, readKeys: true, Provider(prepared), rowsPerStatement))
        {
            await insert.WriteAsync(rows, Ct);
        }

        db.ChangeTracker.Clear();
        var read = await db.Samples.OrderBy(s => s.Id).ToListAsync(Ct);

        Assert.Equal(rows.Select(Text), read.Select(Text));
        Assert.Equal(rows.Select(r => r.Id), read.Select(r => r.Id));
        Assert.All(read, r => Assert.Equal(Now.UtcDateTime, r.CreatedAt));
        Assert.All(read, r => Assert.Equal(Now.UtcDateTime, r.UpdatedAt));
        Assert.Equal(50, read.Select(r => r.Version).Distinct().Count());
        Assert.Equal(rows.Select(r => r.Version), read.Select(r => r.Version));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task StoredForm_IsThatOfSaveChanges(bool prepared)
    {
        await using var db = await OpenAsync();
        await using var insert = new BulkInsert<Sample>(db, _clock, provider: Provider(prepared));
        await insert.WriteAsync([new Sample("One", 3)], Ct);
        db.Samples.Add(new Sample("Two", 3));
        await db.SaveChangesAsync(Ct);

        var forms = await db.Database
            .SqlQueryRaw<string>("SELECT typeof(Version) || typeof(CreatedAt) || typeof(Kind) || Kind || typeof(Price) || Price || Tags || coalesce(Note, 'null') || quote(Day) || typeof(Token) || length(Token) AS Value FROM Samples")
            .ToListAsync(Ct);

        Assert.Equal(2, forms.Count);
        Assert.Equal(forms[0], forms[1]);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Children_TakeTheKeysThatWereReadBack(bool prepared)
    {
        await using var db = await OpenAsync();
        var rows = Enumerable.Range(0, 10).Select(i => new Sample($"P{i}", i)).ToList();
        await using var parents = new BulkInsert<Sample>(db, _clock, provider: Provider(prepared));
        await using var children = new BulkInsert<Child>(db, _clock, readKeys: false, Provider(prepared));
        await using var transaction = await db.Database.BeginTransactionAsync(Ct);

        await parents.WriteAsync(rows, Ct);
        await children.WriteAsync([.. rows.Select(r => new Child(r.Id, r.Name))], Ct);
        await transaction.CommitAsync(Ct);

        Assert.Equal(10, await db.Children.CountAsync(c => db.Samples.Any(s => s.Id == c.SampleId && s.Name == c.Name), Ct));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task AnOpenTransaction_DecidesWhetherTheRowsStay(bool prepared)
    {
        await using var db = await OpenAsync();
        await using var insert = new BulkInsert<Sample>(db, _clock, provider: Provider(prepared));
        await using (var first = await db.Database.BeginTransactionAsync(Ct))
        {
            await insert.WriteAsync([new Sample("Gone", 1)], Ct);
            await first.RollbackAsync(Ct);
        }

        await using (var second = await db.Database.BeginTransactionAsync(Ct))
        {
            await insert.WriteAsync([new Sample("Stays", 2)], Ct);
            await second.CommitAsync(Ct);
        }

        Assert.Equal("Stays", (await db.Samples.SingleAsync(Ct)).Name);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task ARowThatBreaksAConstraint_LeavesNothingOfItsBatch(bool prepared)
    {
        await using var db = await OpenAsync();
        await using var insert = new BulkInsert<Sample>(db, _clock, provider: Provider(prepared));

        await Assert.ThrowsAsync<SqliteException>(() => insert.WriteAsync([new Sample("Twin", 1), new Sample("Twin", 1)], Ct));

        Assert.Equal(0, await db.Samples.CountAsync(Ct));
        await insert.WriteAsync([new Sample("Other", 1)], Ct);
        Assert.Equal("Other", (await db.Samples.SingleAsync(Ct)).Name);
    }

    [Fact]
    public async Task APreparedInsert_BindsWhatDiffersFromTheRowBefore()
    {
        await using var db = await OpenAsync();
        await using var insert = new BulkInsert<Sample>(db, _clock, provider: Provider(true));
        int[] ranks = [1, 1, 0, 4, 4, 60, 1, 5];
        var rows = ranks.Select((rank, i) => new Sample($"{i}", rank)).ToList();

        await insert.WriteAsync(rows, Ct);
        await insert.WriteAsync([new Sample("after", 0)], Ct);

        db.ChangeTracker.Clear();
        Assert.Equal([.. rows.Select(Text), Text(new Sample("after", 0))], (await db.Samples.OrderBy(s => s.Id).ToListAsync(Ct)).Select(Text));
    }

    [Fact]
    public async Task AnUnknownEntity_IsSaidSo()
    {
        await using var db = await OpenAsync();

        Assert.Throws<NotSupportedException>(() => new BulkInsert<BulkInsertTests>(db, _clock));
    }

    private static SqliteProvider? Provider(bool prepared) => prepared ? new SqliteProvider() : null;

    private static string Text(Sample s) =>
        $"{s.Name}|{s.Rank}|{s.Kind}|{s.Price:0.00}|{s.Note}|{s.Day}|{s.Token}|{string.Join(',', s.Tags)}|{s.SeenAt:O}|{s.Secret}";

    private async Task<SampleContext> OpenAsync()
    {
        var db = new SampleContext(new DbContextOptionsBuilder<SampleContext>().UseSqlite($"Data Source={_path}").Options);
        await db.Database.EnsureCreatedAsync(Ct);
        return db;
    }

    internal enum SampleKind
    {
        Plain,
        Special,
    }

    internal sealed class Sample : Entity
    {
        public Sample(string name, int rank)
        {
            Name = name;
            Rank = rank % 3 == 0 ? null : rank;
            Kind = rank % 2 == 0 ? SampleKind.Plain : SampleKind.Special;
            Price = rank * 1.25m;
            Note = rank % 4 == 0 ? null : $"note {rank}";
            Day = new DateOnly(2026, 1, 1).AddDays(rank);
            Token = new Guid(rank, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10);
            Tags = [.. Enumerable.Range(0, rank % 3).Select(t => $"tag {t}")];
            SeenAt = rank % 5 == 0 ? null : new DateTime(2026, 2, 3, 4, 5, 6, DateTimeKind.Utc).AddTicks(rank * 10);
            Secret = $"s{rank}";
        }

        private Sample()
        {
        }

        public string Name { get; private set; } = "";

        public int? Rank { get; private set; }

        public SampleKind Kind { get; private set; }

        public decimal Price { get; private set; }

        public string? Note { get; private set; }

        public DateOnly Day { get; private set; }

        public Guid Token { get; private set; }

        public List<string> Tags { get; private set; } = [];

        public DateTime? SeenAt { get; private set; }

        internal string? Secret { get; private set; }
    }

    internal sealed class Child(int sampleId, string name)
    {
        public long Id { get; private set; }

        public int SampleId { get; private set; } = sampleId;

        public string Name { get; private set; } = name;
    }

    internal sealed class SampleContext(DbContextOptions<SampleContext> options) : DbContext(options)
    {
        public DbSet<Sample> Samples => Set<Sample>();

        public DbSet<Child> Children => Set<Child>();

        protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
        {
            configurationBuilder.Properties<Enum>().HaveConversion<string>();
            configurationBuilder.Properties<DateTime>().HaveConversion<UtcConverter>();
        }

        protected override void OnModelCreating(ModelBuilder modelBuilder)
        {
            modelBuilder.Entity<Sample>().HasIndex(s => new { s.Name, s.Price }).IsUnique();
            modelBuilder.Entity<Sample>().Property(s => s.Secret);
            modelBuilder.Entity<Child>().HasOne<Sample>().WithMany().HasForeignKey(c => c.SampleId);
        }

        private sealed class UtcConverter() : Microsoft.EntityFrameworkCore.Storage.ValueConversion.ValueConverter<DateTime, DateTime>(
            v => v, v => DateTime.SpecifyKind(v, DateTimeKind.Utc));
    }
}
