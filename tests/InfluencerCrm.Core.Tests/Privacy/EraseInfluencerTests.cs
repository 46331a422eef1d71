using System.Globalization;
using InfluencerCrm.Core.Coverage;
using InfluencerCrm.Core.Errors;
using InfluencerCrm.Core.Influencers;
using InfluencerCrm.Core.Interactions;
using InfluencerCrm.Core.Privacy;
using InfluencerCrm.Core.Requests;
using InfluencerCrm.TestKit;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;

namespace InfluencerCrm.Core.Tests.Privacy;

public sealed class EraseInfluencerTests : DatabaseTest
{
    [DatabaseFact]
    public async Task WithoutConfirmation_NothingHappens()
    {
        var person = await PersonWithEmailAsync("Zoé Lefèvre", "zoe@example.org");
        await using var admin = Database.As(Actors.Admin);

        var erasure = await admin.Get<EraseInfluencer>().ExecuteAsync(person, null, Ct);

        Assert.Equal(new Erasure(person, false, "Zoé Lefèvre", 1, 0, 0, 0, 0), erasure);
        Assert.Single(await admin.Db.Influencers.ToListAsync(Ct));
    }

    [DatabaseFact]
    public async Task WithAnotherName_NothingHappens()
    {
        var person = await PersonAsync();
        await using var admin = Database.As(Actors.Admin);

        var refusal = await Assert.ThrowsAsync<RuleViolation>(() => admin.Get<EraseInfluencer>().ExecuteAsync(person, "yes", Ct));

        Assert.Equal("confirm", refusal.Target);
    }

    [DatabaseFact]
    public async Task AnOfficer_MayNotErase()
    {
        var person = await PersonAsync();
        await using var officer = Database.As(Actors.Officer());

        await Assert.ThrowsAsync<Forbidden>(() => officer.Get<EraseInfluencer>().ExecuteAsync(person, null, Ct));
    }

    [DatabaseFact]
    public async Task AfterErasure_NoColumnOfAnyTableNamesThePerson()
    {
        var person = await PersonWithEmailAsync("Zoé Lefèvre", "zoe@example.org");
        await using (var officer = Database.As(Actors.Officer()))
        {
            await officer.ChangeAsync<Influencer, InfluencerChanges>(person, new() { Bio = "Lefèvre writes", Phone = "+33 1 23", Tags = new List<string> { "Lefèvre fan" }, DisplayName = "Z. Lefèvre" }, Ct);
            await officer.CreateAsync<Interaction, InteractionChanges>(new() { InfluencerId = person, Kind = InteractionKind.Call, Subject = "Lefèvre", Notes = "zoe@example.org", NextStep = "Lefèvre" }, Ct);
            await officer.CreateAsync<PressRequest, PressRequestChanges>(new() { InfluencerId = person, Question = "Lefèvre asks" }, Ct);
            await officer.CreateAsync<CoveragePiece, CoverageChanges>(new() { InfluencerId = person, Title = "Le soleil paie" }, Ct);
            await officer.CreateAsync<Relationship, RelationshipChanges>(new() { InfluencerId = person, Salutation = "Chère Mme Lefèvre" }, Ct);
        }

        await using var admin = Database.As(Actors.Admin);
        Assert.Contains("AuditEntries.Changes: lef", await TracesAsync(admin, "lef"));

        var erasure = await admin.Get<EraseInfluencer>().ExecuteAsync(person, "Z. Lefèvre", Ct);

        Assert.True(erasure.Erased);
        Assert.Empty(await TracesAsync(admin, "lef", "zoe@", "+33"));
        Assert.Equal((1, 1, 1), (await admin.Db.Interactions.CountAsync(Ct), await admin.Db.Requests.CountAsync(Ct), await admin.Db.Coverage.CountAsync(Ct)));
        Assert.False(await admin.Db.Influencers.AnyAsync(Ct));
        await Assert.ThrowsAsync<Erased>(() => admin.Get<EraseInfluencer>().ExecuteAsync(person, null, Ct));
        await PersonWithEmailAsync("Somebody else", "zoe@example.org");
    }

    private static async Task<List<string>> TracesAsync(CrmScope scope, params string[] words)
    {
        var traces = new List<string>();
        var sql = scope.Db.GetService<ISqlGenerationHelper>();
        var text = scope.Db.Database.IsSqlServer() ? "nvarchar(max)" : "text";
        await scope.Db.Database.OpenConnectionAsync(Ct);
        foreach (var (table, column) in scope.Db.Model.GetEntityTypes().SelectMany(e => e.GetProperties(), (e, p) => (e.GetTableName()!, p.GetColumnName())))
        {
            foreach (var word in words)
            {
                await using var command = scope.Db.Database.GetDbConnection().CreateCommand();
                command.CommandText = $"SELECT COUNT(*) FROM {sql.DelimitIdentifier(table)} WHERE LOWER(CAST({sql.DelimitIdentifier(column)} AS {text})) LIKE '%{word}%'";
                if (Convert.ToInt64(await command.ExecuteScalarAsync(Ct), CultureInfo.InvariantCulture) > 0)
                {
                    traces.Add($"{table}.{column}: {word}");
                }
            }
        }

        return traces;
    }
}
