using InfluencerCrm.Core.Access;
using InfluencerCrm.Core.Data;
using InfluencerCrm.Core.Influencers;
using InfluencerCrm.Core.MediaLists;
using InfluencerCrm.Core.SendOuts;
using InfluencerCrm.Core.SendOuts.Dispatch;
using InfluencerCrm.TestKit;
using Microsoft.EntityFrameworkCore;

namespace InfluencerCrm.Core.Tests.SendOuts;

/// <summary>The send-out engine on a clock that the test sets: mails leave when <see cref="SendDueAsync"/> says so, and are kept in <see cref="Left"/>.</summary>
public abstract class EngineTest : DatabaseTest
{
    private readonly Connection _connection = new();
    private int _lists;

    /// <summary>What has left.</summary>
    protected IReadOnlyList<OutgoingMail> Left => _connection.Mails;

    /// <summary>What the server answers; null: it takes the mail.</summary>
    protected Func<OutgoingMail, DeliveryAnswer?> Answer
    {
        set => _connection.Answer = value;
    }

    /// <summary>Something that happens while a mail is on its way.</summary>
    protected Func<OutgoingMail, Task> OnMail
    {
        set => _connection.OnMail = value;
    }

    protected void SetClock(string utc) => Database.Clock.SetUtcNow(DateTimeOffset.Parse(utc, System.Globalization.CultureInfo.InvariantCulture));

    protected static DateTime Utc(string utc) => DateTimeOffset.Parse(utc, System.Globalization.CultureInfo.InvariantCulture).UtcDateTime;

    protected async Task<int> RecipientAsync(string name, string? zone = null)
    {
        await using var officer = Database.As(Actors.Officer());
        return (await officer.CreateAsync<Influencer, InfluencerChanges>(new() { DisplayName = name, Email = $"{name}@example.org", TimeZone = zone }, Ct)).Id;
    }

    protected async Task<SendOut> DraftAsync(SendOutChanges changes, params int[] people)
    {
        await using var admin = Database.As(Actors.Admin);
        var list = await admin.CreateAsync<MediaList, MediaListChanges>(new() { Name = $"List {++_lists}" }, Ct);
        await admin.Get<AddMembers>().ExecuteAsync(list.Id, new() { InfluencerIds = [.. people] }, Ct);
        return await CreateAsync(changes with { MediaListId = list.Id });
    }

    protected async Task<SendOut> CreateAsync(SendOutChanges changes)
    {
        await using var admin = Database.As(Actors.Admin);
        return await admin.CreateAsync<SendOut, SendOutChanges>(
            changes with
            {
                Name = changes.Name.Or("Spring"),
                SubjectTemplate = changes.SubjectTemplate.Or("News"),
                BodyTemplate = changes.BodyTemplate.Or("Hello {{ influencer.displayName }}."),
                FromAddress = "press@agency.example.org",
            },
            Ct);
    }

    protected Task<SendOut> ScheduleAsync(int sendOut, string? at = null, string? overrideReason = null) => RunAsync<ScheduleSendOut, SendOut>(
        s => s.ExecuteAsync(sendOut, new() { At = at is null ? null : Utc(at), OverridePressure = overrideReason is not null, OverrideReason = overrideReason }, Ct));

    protected Task<SendOutCheck> CheckAsync(int sendOut) => RunAsync<CheckSendOut, SendOutCheck>(c => c.ExecuteAsync(sendOut, Ct));

    protected async Task<TResult> RunAsync<T, TResult>(Func<T, Task<TResult>> run)
        where T : notnull
    {
        await using var admin = Database.As(Actors.Admin);
        return await run(admin.Get<T>());
    }

    protected async Task<List<Message>> MessagesAsync(int sendOut)
    {
        await using var scope = Database.As(Actor.System);
        return await scope.Db.Messages.AsNoTracking().Where(m => m.SendOutId == sendOut).OrderBy(m => m.InfluencerId).ToListAsync(Ct);
    }

    protected async Task<IEnumerable<DateTime?>> DueAsync(int sendOut) => (await MessagesAsync(sendOut)).Select(m => m.DueAt);

    protected async Task WriteAsync(Func<CrmDbContext, Task> write)
    {
        await using var scope = Database.As(Actor.System);
        await write(scope.Db);
        await scope.Db.SaveChangesAsync(Ct);
    }

    /// <summary>What the host does at its clock's present: begins send-outs, sends what is due over one connection, ends what is done.</summary>
    protected async Task SendDueAsync()
    {
        await using var scope = Database.As(Actor.System);
        var dispatcher = scope.Get<SendOutDispatcher>();
        scope.Get<DispatchSignal>().Wake();
        await dispatcher.TendAsync(Ct);
        var work = dispatcher.Default.WorkAsync(_connection, Ct, Ct);
        while (await Task.WhenAny(work, Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, Ct)) != work)
        {
            // After a line was lost the engine gives the server time, by the test's clock.
            if (_connection.WasLost)
            {
                Database.Clock.Advance(TimeSpan.FromMilliseconds(250));
            }
        }

        await work;
        await dispatcher.TendAsync(Ct);

        // The queue asks anew only after a while; a test moves its clock by that much.
        Database.Clock.Advance(TimeSpan.FromSeconds(1));
    }

    private sealed class Connection : IMailConnection
    {
        public List<OutgoingMail> Mails { get; } = [];

        public Func<OutgoingMail, DeliveryAnswer?> Answer { get; set; } = _ => null;

        public Func<OutgoingMail, Task> OnMail { get; set; } = _ => Task.CompletedTask;

        /// <summary>The last mail got no answer.</summary>
        public bool WasLost { get; private set; }

        public async Task<DeliveryAnswer> SendAsync(OutgoingMail mail, CancellationToken ct)
        {
            await OnMail(mail);
            var answer = Answer(mail) ?? new DeliveryAnswer(DeliveryOutcome.Sent, "250 ok", 250);
            WasLost = answer.ReplyCode is null;
            if (answer.Outcome == DeliveryOutcome.Sent)
            {
                Mails.Add(mail);
            }

            return answer;
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
