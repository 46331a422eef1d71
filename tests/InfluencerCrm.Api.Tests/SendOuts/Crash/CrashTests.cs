using System.Globalization;
using InfluencerCrm.Core.SendOuts;
using Npgsql;

namespace InfluencerCrm.Api.Tests.SendOuts.Crash;

/// <summary>Hosts are killed and databases vanish in the middle of a send-out; the mail server's log then says whether the promise held.</summary>
public sealed class CrashTests
{
    private const int Messages = 5000;

    // scripts/bench.sh crash asks for more.
    private static readonly int Kills = int.TryParse(Environment.GetEnvironmentVariable("INFLUENCERCRM_CRASH_KILLS"), out var kills) ? kills : 20;

    [Fact]
    public async Task AHostKilledAgainAndAgain_SendsEachMailOnce_AndRecordsIt()
    {
        await using var database = await TestDatabase.CreateAsync("Sqlite");
        await using var stage = await CrashStage.PrepareAsync(database, Messages);

        stage.Start(1);
        await stage.KillAsync(Seeded(), Kills, Messages);
        await stage.UntilCompletedAsync();

        await stage.JudgeAsync(Kills);
    }

    [DatabaseFact(Only = "PostgreSql")]
    public async Task ThreeHostsKilledInTurn_SendEachMailOnce_AndRecordIt()
    {
        await using var database = await TestDatabase.CreateAsync(TestDatabase.CurrentProvider);
        await using var stage = await CrashStage.PrepareAsync(database, Messages);

        stage.Start(3);
        await stage.KillAsync(Seeded(), Kills, Messages);
        await stage.UntilCompletedAsync();

        await stage.JudgeAsync(Kills);
    }

    [DatabaseFact(Only = "PostgreSql")]
    public async Task ADatabaseThatVanishesForFiveSeconds_LosesNoAnswer_AndNothingBeginsMeanwhile()
    {
        await using var database = await TestDatabase.CreateAsync(TestDatabase.CurrentProvider);
        var direct = new NpgsqlConnectionStringBuilder(database.ConnectionString);
        await using var line = new TcpRelay(direct.Port);
        direct.Port = line.Port;
        await using var stage = await CrashStage.PrepareAsync(database, 2000, direct.ToString());
        stage.Start(1);
        await stage.UntilTakenAsync(500);

        line.Cut();
        var takenAtTheCut = stage.Server.Taken;
        await Task.Delay(TimeSpan.FromSeconds(5), TimeProvider.System, TestContext.Current.CancellationToken);
        var takenMeanwhile = stage.Server.Taken - takenAtTheCut;
        line.Mend();
        await stage.UntilCompletedAsync();

        Assert.InRange(takenMeanwhile, 0, CrashStage.Connections);
        await stage.JudgeAsync(kills: 0);
        Assert.Equal(2000, await stage.Stage.CountAsync(MessageStatus.Sent));
    }

    private static Random Seeded()
    {
        var seed = int.TryParse(Environment.GetEnvironmentVariable("INFLUENCERCRM_CRASH_SEED"), out var given) ? given : Random.Shared.Next();
        TestContext.Current.TestOutputHelper?.WriteLine(string.Create(CultureInfo.InvariantCulture, $"INFLUENCERCRM_CRASH_SEED={seed}"));
        return new Random(seed);
    }
}
