using System.Net.Http.Headers;
using InfluencerCrm.Api.Tests.SendOuts;
using InfluencerCrm.TestKit.Smtp;

namespace InfluencerCrm.Api.Tests.MainJob;

/// <summary>The product's main job, whole, by HTTP alone: contact files in, a list from a filter, a send-out, mails in a real SMTP server, everything recorded.</summary>
public sealed class MainJobTests
{
    private static readonly string[] Files = ["semicolon-cp1252-fr.csv", "comma-utf8-en.csv", "shared-redaction.csv"];

    public static TheoryData<string> Providers => [.. TestDatabase.Providers];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task FromRealContactFiles_ToDeliveredAndRecordedMail(string provider)
    {
        await using var sink = await SmtpSink.StartAsync(Ct);
        await using var app = await CrmApp.StartAsync(provider, DispatchStage.Smtp(sink.Port));
        foreach (var file in Files.Concat(Files))
        {
            await ImportAsync(app, file);
        }

        // Two files of people, one newsroom whose twelve share an address; the second round made no doubles.
        Assert.Equal(17, (await app.GetAsync("odata/influencers?$count=true&$top=0"))["@odata.count"]!.GetValue<int>());
        Assert.Equal(12, (await app.ListAsync("odata/influencers?$filter=contactPoints/any(c: c/value eq 'redaction@journal.test' and c/shared eq true)")).Count);

        var list = await app.CreateAsync("mediaLists", new { name = "Press", kind = "dynamic", filter = "country in ('FR','DE') or contactPoints/any(c: c/value eq 'redaction@journal.test')" });
        var sendOut = await app.CreateAsync("sendOuts", new
        {
            name = "Winter",
            purpose = "pitch",
            mediaListId = Id(list),
            fromName = "Théo Marchandeau",
            fromAddress = "theo@agency.example.org",
            subjectTemplate = "Pour {{ influencer.displayName }} : l’hiver",
            bodyTemplate = "Bonjour {{ influencer.firstName | default: \"à vous\" }},\n\nUne **nuit d’hiver** sans réseau.\n\n[Ne plus recevoir]({{ unsubscribeUrl }})",
        });
        await ScheduleAsync(app, sendOut);

        var messages = await CompletedAsync(app, Id(sendOut));
        Assert.Equal(["duplicateAddress", "suppressed"], messages.Select(m => m["skipReason"]?.GetValue<string>()).OfType<string>().Distinct().Order());
        var sent = messages.Where(m => m["status"]!.GetValue<string>() == "sent").ToList();
        var mails = sink.Mails();
        Assert.Equal(3, sent.Count);
        Assert.Equal(sent.Select(m => m["toAddress"]!.GetValue<string>().ToLowerInvariant()).Order(), mails.Select(m => m.Message.To.Mailboxes.Single().Address.ToLowerInvariant()).Order());
        Assert.Equal(sent.Select(m => m["internetMessageId"]!.GetValue<string>()).Order(), mails.Select(m => m.Message.MessageId).Order());
        var zoe = mails.Single(m => m.Message.To.Mailboxes.Single().Address == "zoe@example.org").Message;
        Assert.StartsWith("Pour ", zoe.Subject, StringComparison.Ordinal);
        Assert.Contains("Bonjour Zoé,", zoe.TextBody, StringComparison.Ordinal);
        Assert.Contains("<strong>nuit d’hiver</strong>", zoe.HtmlBody, StringComparison.Ordinal);
        Assert.Equal("List-Unsubscribe=One-Click", zoe.Headers["List-Unsubscribe-Post"]);

        var pitches = await app.ListAsync($"odata/interactions?$filter=kind eq 'pitch' and sendOutId eq {Id(sendOut)}&$expand=influencer($select=displayName)");
        Assert.Equal(sent.Select(m => m["id"]!.GetValue<long>()).Order(), pitches.Select(p => p!["messageId"]!.GetValue<long>()).Order());
        Assert.All(pitches, p => Assert.Equal("outbound", p!["direction"]!.GetValue<string>()));

        await NoMoreAfterOneClickAsync(app, sink, zoe.Headers["List-Unsubscribe"]!.Trim('<', '>'), list);
    }

    /// <summary>Whoever unsubscribed by the mail's own link is left out of the next send-out.</summary>
    private static async Task NoMoreAfterOneClickAsync(CrmApp app, SmtpSink sink, string link, JsonObject list)
    {
        using var oneClick = await app.Anonymous.PostAsync(new Uri(new Uri(link).PathAndQuery.TrimStart('/'), UriKind.Relative), new FormUrlEncodedContent([new("List-Unsubscribe", "One-Click")]), Ct);
        Assert.Equal(HttpStatusCode.OK, oneClick.StatusCode);
        var next = await app.CreateAsync("sendOuts", new
        {
            name = "Spring", purpose = "invitation", mediaListId = Id(list), fromName = "Press", fromAddress = "press@agency.example.org", subjectTemplate = "Spring", bodyTemplate = "Come.",
        });
        await ScheduleAsync(app, next);

        var messages = await CompletedAsync(app, Id(next));
        Assert.Equal(2, messages.Count(m => m["status"]!.GetValue<string>() == "sent"));
        Assert.Single(sink.Mails(), m => m.Message.To.Mailboxes.Single().Address == "zoe@example.org");
    }

    private static async Task ImportAsync(CrmApp app, string file)
    {
        using var form = new MultipartFormDataContent();
        using var content = new ByteArrayContent(await File.ReadAllBytesAsync(Path.Combine(Repository.Root, "tests", "data", "contacts", file), Ct));
        content.Headers.ContentType = new MediaTypeHeaderValue("text/csv");
        form.Add(content, "file", file);
        using var response = await app.Admin.PostAsync(new Uri("api/imports?kind=influencers", UriKind.Relative), form, Ct);
        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        var job = JsonNode.Parse(await response.Content.ReadAsStringAsync(Ct))!.AsObject();
        var done = await UntilAsync(() => app.GetAsync($"odata/imports({Id(job)})"), i => i["status"]!.GetValue<string>() is "completed" or "failed");
        Assert.Equal("completed", done["status"]!.GetValue<string>());
        Assert.Equal(0, done["refused"]!.GetValue<int>());
    }

    private static async Task ScheduleAsync(CrmApp app, JsonObject sendOut)
    {
        using var response = await app.Admin.PostAsync(new Uri($"odata/sendOuts({Id(sendOut)})/schedule", UriKind.Relative), null, Ct);
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync(Ct));
    }

    private static async Task<IReadOnlyList<JsonObject>> CompletedAsync(CrmApp app, int sendOutId)
    {
        await UntilAsync(() => app.GetAsync($"odata/sendOuts({sendOutId})"), s => s["status"]!.GetValue<string>() == "completed");
        return [.. (await app.ListAsync($"odata/sendOuts({sendOutId})/messages?$top=1000")).Select(m => m!.AsObject())];
    }

    private static async Task<JsonObject> UntilAsync(Func<Task<JsonObject>> read, Func<JsonObject, bool> done)
    {
        // A bound on hanging, not a measure.
        for (var attempt = 0; attempt < 600; attempt++)
        {
            var row = await read();
            if (done(row))
            {
                return row;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, Ct);
        }

        throw new TimeoutException("It did not come to an end within a minute.");
    }

    private static int Id(JsonObject row) => row["id"]!.GetValue<int>();
}
