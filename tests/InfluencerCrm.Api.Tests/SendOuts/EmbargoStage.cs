using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using InfluencerCrm.Api.Tests.Imports;
using InfluencerCrm.Core.Imports;
using InfluencerCrm.Core.SendOuts;
using InfluencerCrm.Core.SendOuts.Dispatch;
using InfluencerCrm.TestKit.Smtp;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;

namespace InfluencerCrm.Api.Tests.SendOuts;

/// <summary>
/// The product over HTTP on a clock that the test sets, with a mail server of its own that now and then does not take a mail or hangs up.
/// The workers are run by the test, so that between two acts nothing is under way; each mail that reaches the server is held against the rows.
/// </summary>
internal sealed partial class EmbargoStage : IAsyncDisposable
{
    /// <summary>What the story says; one word, so that no line is broken in it.</summary>
    public const string Secret = "Zebrafinchmerger";

    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2030, 3, 4, 9, 0, 0, TimeSpan.Zero));
    private readonly List<(string Mail, DateTime At)> _arrived = [];
    private readonly List<int> _sendOuts = [];

    /// <summary>Until when each person accepted, as the acts went; not what the product made of it.</summary>
    private readonly Dictionary<int, DateTime?> _accepted = [];
    private DateTime? _until;
    private readonly ScriptedSmtpServer _server;
    private readonly int _seed;
    private CrmApp _app = null!;
    private volatile bool _lost;

    private EmbargoStage(int seed)
    {
        (_seed, Chance) = (seed, new Random(seed));
        var faults = new Random(seed);
        _server = new ScriptedSmtpServer((step, _) => step == "." ? Arrive(faults.Next(6)) : null, "8BITMIME", "ENHANCEDSTATUSCODES");
    }

    public Random Chance { get; }

    public int Story { get; private set; }

    public List<int> People { get; } = [];

    /// <summary>Of the teasers that arrived.</summary>
    public List<Uri> Links { get; } = [];

    /// <summary>Ends that the embargo is given, again and again: what a mail asked for may come true anew.</summary>
    public IReadOnlyList<string?> Ends { get; private set; } = [];

    /// <summary>Answers that a page took.</summary>
    public int Answered { get; private set; }

    /// <summary>Requests that the product did not refuse.</summary>
    public int Succeeded { get; private set; }

    /// <summary>Mails that told the story while it was a secret, to people who may know.</summary>
    public int ToldUnderEmbargo { get; private set; }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private DateTime Now => _clock.GetUtcNow().UtcDateTime;

    public static string AddressOf(int index) => string.Create(CultureInfo.InvariantCulture, $"p{index}@example.org");

    public static async Task<EmbargoStage> StartAsync(int seed)
    {
        var stage = new EmbargoStage(seed);
        var settings = DispatchStage.Smtp(stage._server.Port, 1);
        settings["Roles"] = "web";
        stage._app = await CrmApp.StartAsync(TestDatabase.CurrentProvider, settings, stage._clock);
        for (var i = 0; i < 4; i++)
        {
            stage.People.Add((await stage._app.CreateAsync("influencers", new { firstName = $"P{i}", lastName = "Martin", email = AddressOf(i) }))["id"]!.GetValue<int>());
        }

        stage.Ends = [null, stage.At(10 * 24), stage.At(30 * 24), stage.At(60 * 24)];
        stage.Story = (await stage._app.CreateAsync("stories", new { title = "News", status = "approved", embargoUntil = stage.Ends[^1] }))["id"]!.GetValue<int>();
        stage._until = Moment(stage.Ends[^1]);
        await stage._app.CreateAsync($"stories({stage.Story})/versions", new { language = "en", title = "News", body = Secret });
        return stage;
    }

    private static DateTime? Moment(string? text) => text is null ? null : DateTimeOffset.Parse(text, CultureInfo.InvariantCulture).UtcDateTime;

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        await _server.DisposeAsync();
    }

    /// <summary>So many hours from now.</summary>
    public string At(int hours) => Now.AddHours(hours).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    public int Person() => People[Chance.Next(People.Count)];

    /// <summary>A request of an officer; what the product refuses is as good as not done, but it must never break.</summary>
    public async Task<JsonObject?> TryAsync(HttpMethod method, string url, object? body)
    {
        using var request = new HttpRequestMessage(method, new Uri($"odata/{url}", UriKind.Relative));
        request.Content = body is null ? null : JsonContent.Create(body);
        if (method != HttpMethod.Post)
        {
            request.Headers.TryAddWithoutValidation("If-Match", "*");
        }

        using var answer = await _app.Admin.SendAsync(request, Ct);
        var text = await answer.Content.ReadAsStringAsync(Ct);
        Assert.True((int)answer.StatusCode < 500, $"Seed {_seed}: {method} {url} {JsonSerializer.Serialize(body)} answered {(int)answer.StatusCode}: {text}");
        if (!answer.IsSuccessStatusCode)
        {
            return null;
        }

        Succeeded++;
        return text.Length == 0 ? null : JsonNode.Parse(text)!.AsObject();
    }

    public async Task AddAsync(JsonObject? sendOut, bool schedule)
    {
        if (sendOut is null)
        {
            return;
        }

        var id = sendOut["id"]!.GetValue<int>();
        _sendOuts.Add(id);
        if (schedule)
        {
            await ScheduleAsync(id);
        }
    }

    public Task<JsonObject?> ScheduleAsync(int sendOut) => TryAsync(
        HttpMethod.Post,
        $"sendOuts({sendOut})/schedule",
        new { at = Chance.Next(2) == 0 ? null : At(Chance.Next(72)), overridePressure = true, overrideReason = "A test of the embargo" });

    /// <param name="apt">States in which the act may succeed; mostly one of these is taken, now and then any.</param>
    public async Task WithSendOutAsync(Func<int, Task> act, params SendOutStatus[] apt)
    {
        var some = apt.Length == 0 || Chance.Next(5) == 0
            ? _sendOuts
            : await ReadAsync(db => db.SendOuts.Where(o => apt.Contains(o.Status)).OrderBy(o => o.Id).Select(o => o.Id).ToListAsync(Ct));
        if (some.Count > 0)
        {
            await act(some[Chance.Next(some.Count)]);
        }
    }

    public async Task MoveAsync(string? until)
    {
        if (await TryAsync(HttpMethod.Patch, $"stories({Story})", new { embargoUntil = until }) is not null)
        {
            _until = Moment(until);
        }
    }

    /// <summary>A team member writes down what a person said.</summary>
    /// <param name="anew">Also where they have accepted before: it is to the end that the embargo has now.</param>
    public async Task AgreeAsync(int person, string status, bool anew)
    {
        object said = anew ? new { status, acceptedUntil = (string?)null } : new { status };
        var written = await AgreementAsync(person) is { } id
            ? await TryAsync(HttpMethod.Patch, $"embargoAgreements({id})", said)
            : await TryAsync(HttpMethod.Post, "embargoAgreements", new { storyId = Story, influencerId = person, status });
        if (written is null)
        {
            return;
        }

        if (status != "accepted")
        {
            _accepted.Remove(person);
        }
        else if (anew || !_accepted.ContainsKey(person))
        {
            _accepted[person] = _until;
        }
    }

    public async Task ForgetAsync(int person)
    {
        if (await AgreementAsync(person) is { } id && await TryAsync(HttpMethod.Delete, $"embargoAgreements({id})", null) is not null)
        {
            _accepted.Remove(person);
        }
    }

    private Task<int?> AgreementAsync(int person) => ReadAsync(db => db.EmbargoAgreements.Where(a => a.StoryId == Story && a.InfluencerId == person).Select(a => (int?)a.Id).FirstOrDefaultAsync(Ct));

    public async Task AnswerAsync(Uri link, string answer)
    {
        using var said = await _app.Anonymous.PostAsync(link, new FormUrlEncodedContent([new("answer", answer), new("name", "A journalist")]), Ct);
        Assert.True((int)said.StatusCode < 500, $"Seed {_seed}: the page answered {(int)said.StatusCode}.");
        (Succeeded, Answered) = said.IsSuccessStatusCode ? (Succeeded + 1, Answered + 1) : (Succeeded, Answered);
        if (!said.IsSuccessStatusCode)
        {
            return;
        }

        var token = link.OriginalString.Split('/')[1];
        var asked = await ReadAsync(db => db.Messages.Where(m => m.Token == token).Select(m => new { Person = m.InfluencerId!.Value, m.Values }).SingleAsync(Ct));
        if (answer == "decline")
        {
            _accepted.Remove(asked.Person);
        }
        else if (!HasAccepted(asked.Person, _until))
        {
            Assert.Equal(_until, PersonValues.FromJson(asked.Values!).Embargo!.Until);
            _accepted[asked.Person] = _until;
        }
    }

    private bool HasAccepted(int person, DateTime? until) => _accepted.TryGetValue(person, out var accepted) && (until is null || accepted >= until);

    /// <summary>By the product's own import, which the test runs in the worker's place.</summary>
    public async Task ImportAsync(string file)
    {
        using var taken = await _app.PostFileAsync(System.Text.Encoding.UTF8.GetBytes(file), "?kind=influencers");
        Assert.Equal(HttpStatusCode.Accepted, taken.StatusCode);
        await using var product = _app.AsProduct();
        var job = await product.Get<RunImport>().ExecuteAsync((await product.Get<ClaimImport>().ExecuteAsync(Ct))!, null, Ct);
        Succeeded += job.Updated > 0 ? 1 : 0;
    }

    /// <summary>As a person does who takes the risk of a second copy.</summary>
    public async Task SendAgainAsync()
    {
        foreach (var message in await ReadAsync(db => db.Messages.Where(m => m.Status == MessageStatus.Unconfirmed).Select(m => m.Id).ToListAsync(Ct)))
        {
            // Refused while the connection that had it may still be at work.
            await TryAsync(HttpMethod.Post, $"messages({message})/sendAgain", null);
        }
    }

    /// <summary>Everybody comes onto the list of a send-out that was frozen before.</summary>
    public async Task SendToAddedAsync(int sendOut)
    {
        if (await ReadAsync(db => db.SendOuts.Where(s => s.Id == sendOut).Select(s => s.MediaListId).SingleAsync(Ct)) is { } list)
        {
            var before = Succeeded;
            await TryAsync(HttpMethod.Post, $"mediaLists({list})/addMembers", new { influencerIds = People });
            Succeeded = before;
            await TryAsync(HttpMethod.Post, $"sendOuts({sendOut})/sendToAdded", null);
        }
    }

    public Task<int> HeldBackAsync() => ReadAsync(db => db.Messages.CountAsync(m => m.SkipReason == SkipReason.Embargo, Ct));

    /// <summary>What the host does when so much time has passed: begins send-outs, sends what is due, ends what is done.</summary>
    public async Task SendAsync(TimeSpan after)
    {
        _clock.Advance(after);
        await using (var product = _app.AsProduct())
        {
            var dispatcher = product.Get<SendOutDispatcher>();
            product.Get<DispatchSignal>().Wake();
            await dispatcher.TendAsync(Ct);
            await using var connection = product.Get<IMailTransport>().Open();
            var work = dispatcher.Default.WorkAsync(connection, Ct, Ct);
            while (await Task.WhenAny(work, Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, Ct)) != work)
            {
                // After a line was lost the engine gives the server time, by the test's clock.
                _clock.Advance(_lost ? TimeSpan.FromMilliseconds(250) : TimeSpan.Zero);
            }

            await work;
            await dispatcher.TendAsync(Ct);
        }

        _lost = false;
        await RequireAllowedAsync();
        Succeeded++;
        _clock.Advance(TimeSpan.FromSeconds(1));
    }

    private string? Arrive(int fault)
    {
        lock (_arrived)
        {
            _arrived.Add((_server.Messages.Last(), Now));
        }

        _lost |= fault == 0;
        return fault switch
        {
            0 => ScriptedSmtpServer.Drop,
            1 => "451 4.3.0 later",
            _ => null,
        };
    }

    /// <summary>Whether the server took it or not, what has arrived is known there.</summary>
    private async Task RequireAllowedAsync()
    {
        foreach (var (mail, at) in _arrived)
        {
            var token = MessageId().Match(mail).Groups[1].Value;
            var row = await ReadAsync(db => db.Messages.Where(m => m.Token == token).Select(m => new
            {
                m.SendOut!.Purpose,
                m.ToAddress,
                m.InfluencerId,
                m.SendOut.Story!.EmbargoUntil,
            }).SingleAsync(Ct));
            if (Link().Match(mail.Replace("=\r\n", "", StringComparison.Ordinal)) is { Success: true } link)
            {
                Links.Add(new Uri(link.Value, UriKind.Relative));
            }

            var content = row.Purpose == SendOutPurpose.EmbargoContent;
            if ((content || mail.Contains(Secret, StringComparison.Ordinal)) && (row.EmbargoUntil > at || (content && row.EmbargoUntil is null)))
            {
                Assert.True(HasAccepted(row.InfluencerId!.Value, row.EmbargoUntil), $"Seed {_seed}: at {at:u} a {row.Purpose} told {row.ToAddress}, who has not accepted the embargo until {row.EmbargoUntil:u}.");
                ToldUnderEmbargo++;
            }
        }

        _arrived.Clear();
    }

    private async Task<T> ReadAsync<T>(Func<Core.Data.CrmDbContext, Task<T>> read)
    {
        await using var product = _app.AsProduct();
        return await read(product.Db);
    }

    [GeneratedRegex("^Message-Id: <([0-9a-f]{24})@", RegexOptions.Multiline | RegexOptions.IgnoreCase)]
    private static partial Regex MessageId();

    [GeneratedRegex("embargo/[0-9a-f]{24}/[0-9a-f]{32}")]
    private static partial Regex Link();
}
