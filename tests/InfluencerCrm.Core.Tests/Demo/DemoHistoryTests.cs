using System.Text.RegularExpressions;
using InfluencerCrm.Core.Influencers;
using InfluencerCrm.Core.Interactions;
using InfluencerCrm.TestKit;
using Microsoft.EntityFrameworkCore;

namespace InfluencerCrm.Core.Tests.Demo;

public sealed class DemoHistoryTests(DemoDatabase demo) : IClassFixture<DemoDatabase>
{
    private static readonly TimeZoneInfo Paris = TimeZoneInfo.FindSystemTimeZoneById("Europe/Paris");

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task AFifthOfThePeople_HoldsSevenTenthsOfTheHistory()
    {
        var counts = (await EntriesAsync()).Where(i => i.InfluencerId is not null).GroupBy(i => i.InfluencerId).Select(g => g.Count()).ToList();

        var share = counts.OrderDescending().Take(60).Sum() / (double)counts.Sum();

        Assert.InRange(share, 0.67, 0.73);
    }

    [Fact]
    public async Task Pitches_AreMostlyNotAnswered()
    {
        var pitches = (await EntriesAsync()).FindAll(i => i is { Kind: InteractionKind.Pitch, SendOutId: null });
        double Rate(bool warm) => pitches.Where(p => p.Influencer!.EmailStatus == EmailStatus.Valid == warm).Average(p => p.Outcome is InteractionOutcome.NoReply ? 0.0 : 1.0);

        // Whose address is known to be good is somebody we exchange with.
        Assert.InRange(pitches.Count, 500, 900);
        Assert.InRange(Rate(warm: true), 0.07, 0.09);
        Assert.InRange(Rate(warm: false), 0.01, 0.03);
    }

    [Fact]
    public async Task August_AndTheEndOfDecember_AreEmptyInFrance()
    {
        var days = (await EntriesAsync()).Where(i => i.Influencer?.Country == "FR").Select(Day).ToList();

        Assert.DoesNotContain(days, d => d.Month == 8 || d is { Month: 12, Day: >= 20 });
        Assert.Contains(days, d => d.Month == 7);
        Assert.Contains(days, d => d is { Month: 12, Day: < 20 });
    }

    [Fact]
    public async Task Mondays_AreHeavy_AndWhatWeSendRestsAtTheWeekend()
    {
        var ours = (await EntriesAsync()).Where(i => i.Kind != InteractionKind.Coverage && i.SendOutId is null).Select(i => Day(i).DayOfWeek).ToList();

        Assert.DoesNotContain(ours, d => d is DayOfWeek.Saturday or DayOfWeek.Sunday);
        Assert.All(
            [DayOfWeek.Tuesday, DayOfWeek.Wednesday, DayOfWeek.Thursday, DayOfWeek.Friday],
            day => Assert.True(ours.Count(d => d == DayOfWeek.Monday) > 1.3 * ours.Count(d => d == day), $"{day} is as heavy"));
    }

    [Fact]
    public async Task FortyPitches_AreWholeMails()
    {
        var pitches = (await EntriesAsync()).Where(i => i is { Kind: InteractionKind.Pitch, SendOutId: null, Notes: not null } && i.Notes.Contains("\n\n", StringComparison.Ordinal)).DistinctBy(i => i.Subject).ToList();

        Assert.InRange(pitches.Count, 40, 60);
        Assert.All(pitches, p => Assert.InRange(p.Notes!.Length, 230, 1500));
        Assert.All(pitches, p => Assert.Matches(@"^(Bonjour|Dear) .+,\n\n(.|\n)+\n\n(Théo Marchandeau|Hannah Whitcombe|Solène Kerbrat|Moussa Diabaté)$", p.Notes));
        Assert.InRange(pitches.Count(p => p.Notes!.StartsWith("Dear", StringComparison.Ordinal)), 10, 25);
    }

    [Fact]
    public async Task SixtyReplies_AreInTheSendersOwnWords()
    {
        var replies = (await EntriesAsync()).Where(i => i.Kind == InteractionKind.Reply).DistinctBy(i => i.Notes).ToList();

        Assert.InRange(replies.Count, 60, 100);
        Assert.InRange(replies.Count(r => r.Influencer!.Language != "fr"), 12, 40);
        Assert.DoesNotContain(replies, r => r.Notes!.Contains('{', StringComparison.Ordinal));
    }

    [Fact]
    public async Task TwoHundredNotes_AreShortAndUsedOnce()
    {
        InteractionKind[] noted = [InteractionKind.Call, InteractionKind.Meeting, InteractionKind.Note, InteractionKind.Email, InteractionKind.Event, InteractionKind.SocialExchange, InteractionKind.Interview];
        var texts = (await EntriesAsync()).Where(i => noted.Contains(i.Kind) && i.Notes is { Length: > 10 and < 180 }).Select(i => i.Notes!).GroupBy(n => n).ToList();

        Assert.InRange(texts.Count(g => g.Count() == 1), 200, 300);
        foreach (var word in new[] { "CP", "DP", "RDV", "NRP", "PQR", "visu", "Relancé", "ap. 15h", @"J\+3", "Rang twice", "desk" })
        {
            Assert.Contains(texts, g => Regex.IsMatch(g.Key, word));
        }
    }

    [Fact]
    public async Task Texts_AreNobodysFiller_AndKeepTheClientsWords()
    {
        await using var admin = demo.Database.As(Actors.Admin);
        var clients = await admin.Db.Clients.AsNoTracking().ToListAsync(Ct);
        var entries = await EntriesAsync();

        Assert.DoesNotContain(entries, i => Regex.IsMatch($"{i.Subject} {i.Notes}", @"lorem|ipsum|\bTest \d|TODO|xxx", RegexOptions.IgnoreCase));
        foreach (var client in clients)
        {
            var ours = entries.Where(i => i.ClientId == client.Id && i.Kind == InteractionKind.Pitch).ToList();
            Assert.NotEmpty(ours);
            Assert.NotEmpty(client.BannedWords);
            Assert.DoesNotContain(ours, i => client.BannedWords.Any(w => $"{i.Subject} {i.Notes}".Contains(w, StringComparison.OrdinalIgnoreCase)));
        }
    }

    private static DateOnly Day(Interaction entry) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTimeFromUtc(entry.OccurredAt, Paris));

    private async Task<List<Interaction>> EntriesAsync()
    {
        await using var admin = demo.Database.As(Actors.Admin);
        return await admin.Db.Interactions.AsNoTracking().Include(i => i.Influencer).OrderBy(i => i.Id).ToListAsync(Ct);
    }
}
