using System.Diagnostics;
using System.Globalization;
using InfluencerCrm.Core.Access;
using InfluencerCrm.Core.Data;
using InfluencerCrm.Core.Influencers;
using InfluencerCrm.Core.MediaLists;
using InfluencerCrm.Core.SendOuts;
using InfluencerCrm.Core.SendOuts.Dispatch;
using InfluencerCrm.Host;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace InfluencerCrm.Benchmarks.Smtp;

/// <summary>The product: a list of people, a send-out to them that is scheduled, and its dispatcher at work.</summary>
internal static class SmtpProduct
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(15);

    /// <summary>Writes the people and schedules the send-out; its mails are due, and it begins with the run.</summary>
    /// <param name="warmUp">Mails of a second send-out, which leave before the clock starts: the runtime goes on compiling for some seconds, here as in the bare loop.</param>
    public static async Task<int> PrepareAsync(SmtpDatabase database, int people, int warmUp)
    {
        await using var app = await BuildAsync(database, 0, 1);
        await using var scope = Scope(app);
        var db = scope.ServiceProvider.GetRequiredService<CrmDbContext>();
        var persons = Enumerable.Range(0, people + warmUp).Select(i => new Influencer(InfluencerKind.Journalist, string.Create(CultureInfo.InvariantCulture, $"Zoé Martin {i}"))).ToList();
        await using (var insert = new BulkInsert<Influencer>(db, TimeProvider.System))
        {
            await insert.WriteAsync(persons, default);
        }

        await using (var insert = new BulkInsert<ContactPoint>(db, TimeProvider.System, readKeys: false))
        {
            await insert.WriteAsync([.. persons.Select((person, i) => PointOf(person, i))], default);
        }

        var all = await DraftAsync(db, "All", persons[warmUp..]);
        var warm = warmUp > 0 ? await DraftAsync(db, "Warm-up", persons[..warmUp]) : (int?)null;
        await scope.ServiceProvider.GetRequiredService<IDatabaseProvider>().RefreshStatisticsAsync(db, default);
        var seconds = await ScheduleAsync(app, all);
        if (warm is { } first)
        {
            await ScheduleAsync(app, first);
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{seconds:0.000}"));
        return 0;
    }

    /// <summary>From scheduled rows to all recorded as sent.</summary>
    public static async Task<int> RunAsync(SmtpDatabase database, int port, int connections)
    {
        await using var app = await BuildAsync(database, port, connections);
        await app.StartAsync();
        var (all, warm) = await SendOutsAsync(app);
        if (warm is { } first)
        {
            await SendAsync(app, first);
        }

        using var peak = new PeakMemory(every: TimeSpan.FromSeconds(1));
        var cpu = Process.GetCurrentProcess().TotalProcessorTime;
        var early = FirstTenthAsync(app, all, peak);
        var seconds = await SendAsync(app, all);
        var busy = (Process.GetCurrentProcess().TotalProcessorTime - cpu).TotalSeconds;
        await using var last = Scope(app);
        var db = last.ServiceProvider.GetRequiredService<CrmDbContext>();
        var messages = await db.Messages.CountAsync(m => m.SendOutId == all);
        var sent = await db.Messages.CountAsync(m => m.SendOutId == all && m.Status == MessageStatus.Sent);
        var held = await early;
        await app.StopAsync();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{sent} {seconds:0.000} {busy:0.000} {(peak.Most().Private - held) >> 20}"));
        return sent == messages ? 0 : 1;
    }

    public static Task<WebApplication> BuildAsync(SmtpDatabase database, int port, int connections) => CrmHost.BuildAsync(
    [
        $"--Database:Provider={database.Provider}", "--Database:MigrateOnStart=true", $"--ConnectionStrings:Crm={database.ConnectionString}",
        string.Create(CultureInfo.InvariantCulture, $"--Mail:Smtp:Port={(port == 0 ? 25 : port)}"), string.Create(CultureInfo.InvariantCulture, $"--Mail:Smtp:MaxConnections={connections}"),
        "--Mail:Transport=Smtp", "--Mail:Smtp:Host=127.0.0.1", "--Mail:Smtp:Security=None", "--Mail:FromAddress=press@agency.example.org", "--PublicUrl=https://crm.example.org",
        "--Roles=workers", "--Logging:LogLevel:Default=Warning", "--Urls=http://127.0.0.1:0", $"--Imports:Folder={Path.GetTempPath()}",
    ]);

    public static AsyncServiceScope Scope(WebApplication app)
    {
        var scope = app.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentActor>().Become(Actor.System);
        return scope;
    }

    /// <returns>The send-out that is measured, and the one before it, if there is one.</returns>
    public static async Task<(int All, int? Warm)> SendOutsAsync(WebApplication app)
    {
        await using var scope = Scope(app);
        var ids = await scope.ServiceProvider.GetRequiredService<CrmDbContext>().SendOuts.OrderBy(s => s.Id).Select(s => s.Id).ToListAsync();
        return (ids[0], ids.Count > 1 ? ids[1] : null);
    }

    private static async Task<int> DraftAsync(CrmDbContext db, string name, IReadOnlyList<Influencer> people)
    {
        var list = MediaList.Create(new MediaListChanges { Name = name, Kind = MediaListKind.Static });
        db.Add(list);
        await db.SaveChangesAsync();
        await using (var insert = new BulkInsert<MediaListMember>(db, TimeProvider.System, readKeys: false))
        {
            await insert.WriteAsync([.. people.Select(person => MemberOf(list, person))], default);
        }

        var sendOut = SendOut.Create(new SendOutChanges { Name = name, MediaListId = list.Id, SubjectTemplate = SmtpMails.Subject, BodyTemplate = SmtpMails.Body });
        db.Add(sendOut);
        await db.SaveChangesAsync();
        return sendOut.Id;
    }

    private static async Task<double> ScheduleAsync(WebApplication app, int sendOut)
    {
        await using var scope = Scope(app);
        var watch = Stopwatch.StartNew();
        var now = TimeProvider.System.GetUtcNow().UtcDateTime;
        await scope.ServiceProvider.GetRequiredService<ScheduleSendOut>().ExecuteAsync(sendOut, new ScheduleRequest { At = now.AddDays(1) }, default);
        var seconds = watch.Elapsed.TotalSeconds;

        // Here, and not in the run: what it takes to change so many rows at once is no part of sending them.
        await scope.ServiceProvider.GetRequiredService<CrmDbContext>().Messages.Where(m => m.SendOutId == sendOut).UpdateRowsAsync(now, set => set.SetProperty(m => m.DueAt, now), default);
        return seconds;
    }

    /// <summary>What the process held at most until a tenth of the mails was sent, in bytes of its own.</summary>
    private static async Task<long> FirstTenthAsync(WebApplication app, int sendOut, PeakMemory peak)
    {
        await using var scope = Scope(app);
        var mails = scope.ServiceProvider.GetRequiredService<CrmDbContext>().Messages.Where(m => m.SendOutId == sendOut);
        var tenth = await mails.CountAsync() / 10;
        while (await mails.CountAsync(m => m.Status == MessageStatus.Sent) < tenth)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(500), TimeProvider.System);
        }

        return peak.Most().Private;
    }

    /// <summary>Begins it, and waits until none of its mails is under way any more.</summary>
    private static async Task<double> SendAsync(WebApplication app, int sendOut)
    {
        await using var scope = Scope(app);
        var db = scope.ServiceProvider.GetRequiredService<CrmDbContext>();
        var now = TimeProvider.System.GetUtcNow().UtcDateTime;
        var watch = Stopwatch.StartNew();
        await db.SendOuts.Where(s => s.Id == sendOut).UpdateRowsAsync(now, set => set.SetProperty(s => s.ScheduledAt, now), default);
        app.Services.GetRequiredService<DispatchSignal>().Wake();
        var isUnderWay = db.Messages.Where(m => m.SendOutId == sendOut && (m.Status == MessageStatus.Queued || m.Status == MessageStatus.Deferred || m.Status == MessageStatus.Sending));
        while (await isUnderWay.AnyAsync())
        {
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System);
            if (watch.Elapsed > Longest)
            {
                throw new InvalidOperationException("The send-out does not end.");
            }
        }

        return watch.Elapsed.TotalSeconds;
    }

    private static ContactPoint PointOf(Influencer person, int index)
    {
        var point = ContactPoint.Create(new() { Kind = ContactKind.Email, Value = string.Create(CultureInfo.InvariantCulture, $"person{index}@paper{index % 500}.example"), Primary = true });
        point.BelongTo(person.Id);
        return point;
    }

    private static MediaListMember MemberOf(MediaList list, Influencer person)
    {
        var member = MediaListMember.Create(new MediaListMemberChanges { InfluencerId = person.Id });
        member.AttachTo(list.Id);
        return member;
    }
}
