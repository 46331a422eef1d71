using System.Globalization;
using InfluencerCrm.Core.Data;
using InfluencerCrm.Core.Influencers;
using InfluencerCrm.Core.SendOuts;
using InfluencerCrm.Core.SendOuts.Rendering;
using Microsoft.EntityFrameworkCore;

namespace InfluencerCrm.Api.Tests.SendOuts;

/// <summary>A list of people and a send-out to them, as rows; the dispatcher is told by scheduling it.</summary>
internal sealed class DispatchStage(CrmApp app)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public int SendOutId { get; private set; }

    public IReadOnlyList<int> People { get; private set; } = [];

    /// <summary>Settings that send to a server on this machine.</summary>
    public static Dictionary<string, string?> Smtp(int port, int connections = 2) => new()
    {
        ["Mail:Transport"] = "Smtp",
        ["Mail:Smtp:Host"] = "127.0.0.1",
        ["Mail:Smtp:Port"] = port.ToString(CultureInfo.InvariantCulture),
        ["Mail:Smtp:Security"] = "None",
        ["Mail:Smtp:MaxConnections"] = connections.ToString(CultureInfo.InvariantCulture),
        ["PublicUrl"] = "https://crm.example.org",
    };

    public static string AddressOf(int index) => string.Create(CultureInfo.InvariantCulture, $"person{index}@example.org");

    /// <summary>So many people, a send-out, and a queued message to each; nothing leaves before <see cref="ScheduleAsync"/>.</summary>
    public async Task PrepareAsync(int people, SendOutChanges? changes = null, Func<int, string>? addressOf = null)
    {
        addressOf ??= AddressOf;
        await using var product = app.AsProduct();
        var persons = Enumerable.Range(0, people).Select(i => new Influencer(InfluencerKind.Journalist, string.Create(CultureInfo.InvariantCulture, $"Zoé Person {i}"))).ToList();
        product.Db.AddRange(persons);
        await product.Db.SaveChangesAsync(Ct);
        foreach (var (person, i) in persons.Select((p, i) => (p, i)))
        {
            var point = ContactPoint.Create(new() { Kind = ContactKind.Email, Value = addressOf(i), Primary = true });
            point.BelongTo(person.Id);
            product.Db.Add(point);
        }

        var sendOut = SendOut.Create((changes ?? new SendOutChanges()) with
        {
            Name = "Spring",
            SubjectTemplate = "Été: news for {{ influencer.firstName }}",
            BodyTemplate = "Hello {{ influencer.firstName }},\n\nthe summer begins.",
        });
        product.Db.Add(sendOut);
        await product.Db.SaveChangesAsync(Ct);
        var values = new PersonValues { Influencer = new InfluencerValues { FirstName = "Zoé" } }.ToJson();
        product.Db.AddRange(persons.Select((p, i) => new Message(sendOut, new MessagePlan
        {
            InfluencerId = p.Id,
            Channel = MessageChannel.Email,
            ToName = p.DisplayName,
            ToAddress = addressOf(i),
            AddressKey = addressOf(i),
            Language = "en",
            Values = values,
            DueAt = TimeProvider.System.GetUtcNow().UtcDateTime,
        })));
        await product.Db.SaveChangesAsync(Ct);
        (SendOutId, People) = (sendOut.Id, [.. persons.Select(p => p.Id)]);
    }

    /// <summary>From now on mails leave.</summary>
    public Task ScheduleAsync() => ChangeAsync(s =>
    {
        var now = TimeProvider.System.GetUtcNow().UtcDateTime;
        s.Schedule(now, now);
    });

    public async Task ChangeAsync(Action<SendOut> change)
    {
        await using var product = app.AsProduct();
        change(await product.Db.SendOuts.FirstAsync(s => s.Id == SendOutId, Ct));
        await product.Db.SaveChangesAsync(Ct);
    }

    public async Task AddAsync(object row)
    {
        await using var product = app.AsProduct();
        product.Db.Add(row);
        await product.Db.SaveChangesAsync(Ct);
    }

    public async Task WriteAsync(Func<CrmDbContext, Task> write)
    {
        await using var product = app.AsProduct();
        await write(product.Db);
        await product.Db.SaveChangesAsync(Ct);
    }

    public async Task<T> ReadAsync<T>(Func<CrmDbContext, Task<T>> read)
    {
        await using var product = app.AsProduct();
        return await read(product.Db);
    }

    public Task<List<Message>> MessagesAsync() => ReadAsync(db => db.Messages.AsNoTracking().Where(m => m.SendOutId == SendOutId).OrderBy(m => m.Id).ToListAsync(Ct));

    public Task<int> CountAsync(MessageStatus status) => ReadAsync(db => db.Messages.CountAsync(m => m.SendOutId == SendOutId && m.Status == status, Ct));

    public Task<SendOut> SendOutAsync() => ReadAsync(db => db.SendOuts.AsNoTracking().FirstAsync(s => s.Id == SendOutId, Ct));

    public Task UntilAsync(SendOutStatus status) => UntilAsync(async () => (await SendOutAsync()).Status == status);

    /// <summary>Asks again and again; what never comes true ends the test with where things stand.</summary>
    public async Task UntilAsync(Func<Task<bool>> isTrue)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (!await isTrue())
        {
            if (TimeProvider.System.GetElapsedTime(began) > TimeSpan.FromSeconds(60))
            {
                var states = (await MessagesAsync()).GroupBy(m => m.Status).Select(g => $"{g.Key} {g.Count()} ({g.First().LastResponse})");
                Assert.Fail($"Waited too long; send-out {(await SendOutAsync()).Status}, messages: {string.Join(", ", states)}");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, Ct);
        }
    }
}
