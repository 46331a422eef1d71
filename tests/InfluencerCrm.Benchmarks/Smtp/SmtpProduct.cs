using System.Diagnostics;
using System.Globalization;
using InfluencerCrm.Core.Access;
using InfluencerCrm.Core.Data;
using InfluencerCrm.Core.Influencers;
using InfluencerCrm.Core.MediaLists;
using InfluencerCrm.Core.SendOuts;
using InfluencerCrm.Host;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace InfluencerCrm.Benchmarks.Smtp;

/// <summary>The product: a list of people, a send-out to them that is scheduled, and its dispatcher at work.</summary>
internal static class SmtpProduct
{
    /// <summary>Writes the people and schedules the send-out, far enough ahead that nothing leaves before the run.</summary>
    public static async Task<int> PrepareAsync(SmtpDatabase database, int people)
    {
        await using var app = await BuildAsync(database, 0, 1);
        await using var scope = Scope(app);
        var db = scope.ServiceProvider.GetRequiredService<CrmDbContext>();
        var list = MediaList.Create(new MediaListChanges { Name = "All", Kind = MediaListKind.Static });
        db.Add(list);
        await db.SaveChangesAsync();
        var persons = Enumerable.Range(0, people).Select(i => new Influencer(InfluencerKind.Journalist, string.Create(CultureInfo.InvariantCulture, $"Zoé Martin {i}"))).ToList();
        await using (var insert = new BulkInsert<Influencer>(db, TimeProvider.System))
        {
            await insert.WriteAsync(persons, default);
        }

        await using (var insert = new BulkInsert<ContactPoint>(db, TimeProvider.System, readKeys: false))
        {
            await insert.WriteAsync([.. persons.Select((person, i) => PointOf(person, i))], default);
        }

        await using (var insert = new BulkInsert<MediaListMember>(db, TimeProvider.System, readKeys: false))
        {
            await insert.WriteAsync([.. persons.Select(person => MemberOf(list, person))], default);
        }

        var sendOut = SendOut.Create(new SendOutChanges { Name = "Bench", MediaListId = list.Id, SubjectTemplate = SmtpMails.Subject, BodyTemplate = SmtpMails.Body });
        db.Add(sendOut);
        await db.SaveChangesAsync();
        await scope.ServiceProvider.GetRequiredService<IDatabaseProvider>().RefreshStatisticsAsync(db, default);
        var watch = Stopwatch.StartNew();
        await scope.ServiceProvider.GetRequiredService<ScheduleSendOut>().ExecuteAsync(sendOut.Id, new ScheduleRequest { At = TimeProvider.System.GetUtcNow().UtcDateTime.AddDays(1) }, default);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{watch.Elapsed.TotalSeconds:0.000}"));
        return 0;
    }

    /// <summary>From scheduled rows to the completed send-out.</summary>
    public static async Task<int> RunAsync(SmtpDatabase database, int port, int connections)
    {
        await using var app = await BuildAsync(database, port, connections);
        int messages;
        await using (var scope = Scope(app))
        {
            var db = scope.ServiceProvider.GetRequiredService<CrmDbContext>();
            var now = TimeProvider.System.GetUtcNow().UtcDateTime;
            messages = await db.Messages.UpdateRowsAsync(now, set => set.SetProperty(m => m.DueAt, now), default);
            await db.SendOuts.UpdateRowsAsync(now, set => set.SetProperty(s => s.ScheduledAt, now), default);
        }

        var before = Memory.Now();
        using var peak = new PeakMemory(every: TimeSpan.FromSeconds(1));
        var cpu = Process.GetCurrentProcess().TotalProcessorTime;
        var watch = Stopwatch.StartNew();
        await app.StartAsync();
        while (await StatusAsync(app) != SendOutStatus.Completed)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(25), TimeProvider.System);
            if (watch.Elapsed > TimeSpan.FromMinutes(15))
            {
                throw new InvalidOperationException("The send-out does not end.");
            }
        }

        var seconds = watch.Elapsed.TotalSeconds;
        var busy = (Process.GetCurrentProcess().TotalProcessorTime - cpu).TotalSeconds;
        await using var last = Scope(app);
        var sent = await last.ServiceProvider.GetRequiredService<CrmDbContext>().Messages.CountAsync(m => m.Status == MessageStatus.Sent);
        await app.StopAsync();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{sent} {seconds:0.000} {busy:0.000} {(peak.Most().Private - before.Private) >> 20}"));
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

    private static async Task<SendOutStatus> StatusAsync(WebApplication app)
    {
        await using var scope = Scope(app);
        return await scope.ServiceProvider.GetRequiredService<CrmDbContext>().SendOuts.Select(s => s.Status).SingleAsync();
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
