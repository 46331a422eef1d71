using Microsoft.OData.Edm;

namespace InfluencerCrm.Api.Tests.Fuzz;

/// <summary>Statements, patterns, templates and markup in every text of every set that is written by POST: kept as the text they are, or refused by a rule that is named.</summary>
public sealed class InjectionTests : IAsyncLifetime
{
    private static readonly string[] Texts =
    [
        "'; DROP TABLE \"Influencers\"; --", "x' OR '1'='1", "\" UNION SELECT \"PasswordHash\" FROM \"Users\" --", "100%_[a-z]*", "*)(uid=*))(|(uid=*", "{{7*7}} ${7*7} #{7*7} <%= 7*7 %>", "{{ influencer.email | upcase }}",
        "${jndi:ldap://127.0.0.1/a}", "<script>alert(1)</script>", "[x](javascript:alert(1))", "=cmd|' /C calc'!A0", "../../../../etc/passwd", "\\'; \\\" \\u0041 \\", "a@example.org\\r\\nBcc: b@example.org", "👩‍👩‍👧 e\u0301 ﷺ \u202E",
    ];

    private CrmApp _app = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _app = await CrmApp.StartAsync(TestDatabase.CurrentProvider, new Dictionary<string, string?> { ["Roles"] = "web" }, null, "--demo");

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    [DatabaseFact]
    public async Task HostileTexts_ComeBackAsTheyWere_OrAreRefusedByARule()
    {
        var description = await _app.GetAsync("swagger/v1/openapi.json");
        var kept = new HashSet<string>(StringComparer.Ordinal);
        var trouble = new List<string>();
        foreach (var set in Grammar.Sets)
        {
            if (WrittenMembers.Of(description, set) is not { } members)
            {
                continue;
            }

            // The model knows better what is no text: a time of day is a string in JSON.
            var texts = members.Where(m => WrittenMembers.IsText(m.Value) && set.EntityType.FindProperty(m.Key)?.Type.IsString() != false).Select(m => m.Key).ToList();
            if (await new Learned(_app, set, members).RowAsync() is not { } row)
            {
                trouble.Add($"no row of {set.Name} could be made");
                continue;
            }

            for (var i = 0; i < Texts.Length; i++)
            {
                await TryAsync(set, row, texts, i, kept, trouble);
            }
        }

        Assert.True(trouble.Count == 0, string.Join('\n', trouble.Take(40)));
        Assert.True(kept.Count > 60, $"only kept by {string.Join(' ', kept)}");
    }

    private async Task TryAsync(IEdmEntitySet set, JsonObject row, List<string> texts, int number, HashSet<string> kept, List<string> trouble)
    {
        var sent = new Dictionary<string, string>(texts.Select(t => KeyValuePair.Create(t, Texts[number])), StringComparer.Ordinal);
        while (true)
        {
            // Names are kept apart by the member they are in.
            var body = row.DeepClone().AsObject();
            foreach (var (member, text) in sent)
            {
                body[member] = text;
            }

            var (status, answer) = await Learned.PostAsync(_app, set, body);
            if (status == 201)
            {
                await CompareAsync(set, answer, sent, kept, trouble);
                await Learned.RemoveAsync(_app, set, answer);
                return;
            }

            // Each rule that refuses names the member; the others are tried again without it.
            var refused = (answer["error"]?["details"]?.AsArray() ?? []).Select(d => d!["target"]?.GetValue<string>()).Append(answer["error"]?["target"]?.GetValue<string>()).OfType<string>().Where(sent.ContainsKey).ToList();
            if (status is not (422 or 409) || refused.Count == 0)
            {
                trouble.Add($"{set.Name}: {status} {answer.ToJsonString()} for {body.ToJsonString()}");
                return;
            }

            refused.ForEach(member => sent.Remove(member));
        }
    }

    private async Task CompareAsync(IEdmEntitySet set, JsonObject answer, Dictionary<string, string> sent, HashSet<string> kept, List<string> trouble)
    {
        var read = await _app.GetAsync($"odata/{set.Name}({answer["id"]})");
        foreach (var (member, text) in sent.Where(s => set.EntityType.FindProperty(s.Key) is not null))
        {
            if (read[member]?.GetValue<string>() == text)
            {
                kept.Add($"{set.Name}.{member}");
            }
            else
            {
                trouble.Add($"{set.Name}.{member}: sent {text}, read {read[member]?.ToJsonString()}");
            }
        }

        if (sent.Keys.FirstOrDefault(m => set.EntityType.FindProperty(m) is not null && kept.Contains($"{set.Name}.{m}")) is { } found)
        {
            var rows = await _app.ListAsync($"odata/{set.Name}?$select=id&$filter=id eq {answer["id"]} and {found} eq {Uri.EscapeDataString(Grammar.Quoted(sent[found]))}");
            if (rows.Count != 1)
            {
                trouble.Add($"{set.Name}.{found} is not found by {sent[found]}");
            }
        }
    }

    /// <summary>Finds out what a row of a set must have, from what a POST without it is told.</summary>
    private sealed class Learned(CrmApp app, IEdmEntitySet set, IReadOnlyDictionary<string, JsonObject> members)
    {
        private const string Unique = "UNIQUE";

        private static int _uniques;

        public async Task<JsonObject?> RowAsync()
        {
            var body = new JsonObject();
            JsonObject? last = null;
            for (var attempt = 0; attempt < 12; attempt++)
            {
                var (status, answer) = await PostAsync(app, set, body);
                var targets = (answer["error"]?["details"]?.AsArray() ?? []).Select(d => d!["target"]?.GetValue<string>()).Append(answer["error"]?["target"]?.GetValue<string>()).OfType<string>().Distinct().ToList();
                if (status == 201 || targets.Count == 0)
                {
                    await RemoveAsync(app, set, answer);
                    TestContext.Current.TestOutputHelper?.WriteLine(status == 201 ? $"{set.Name}: {body.ToJsonString()}" : $"{set.Name}: {status} {answer.ToJsonString()}");
                    return status == 201 ? body : null;
                }

                last = answer;
                foreach (var target in targets)
                {
                    body[target] = await ValueAsync(target);
                }
            }

            TestContext.Current.TestOutputHelper?.WriteLine($"{set.Name}: {body.ToJsonString()} is refused again and again: {last?.ToJsonString()}");
            return null;
        }

        public static async Task<(int Status, JsonObject Answer)> PostAsync(CrmApp app, IEdmEntitySet set, JsonObject body)
        {
            // What must differ from row to row does, in each attempt.
            var text = body.ToJsonString().Replace(Unique, $"u{Interlocked.Increment(ref _uniques)}", StringComparison.Ordinal);
            using var content = new StringContent(text, System.Text.Encoding.UTF8, "application/json");
            using var response = await app.Admin.PostAsync(new Uri($"odata/{set.Name}", UriKind.Relative), content, Ct);
            return ((int)response.StatusCode, JsonNode.Parse(await response.Content.ReadAsStringAsync(Ct))!.AsObject());
        }

        /// <summary>Some sets take one row of a kind; what stays where nothing is deleted is in nobody's way.</summary>
        public static async Task RemoveAsync(CrmApp app, IEdmEntitySet set, JsonObject row)
        {
            using var request = new HttpRequestMessage(HttpMethod.Delete, new Uri($"odata/{set.Name}({row["id"]})", UriKind.Relative));
            request.Headers.TryAddWithoutValidation("If-Match", "*");
            using var _ = await app.Admin.SendAsync(request, Ct);
        }

        private async Task<JsonNode?> ValueAsync(string member)
        {
            var type = set.EntityType.FindProperty(member)?.Type;
            if (member.EndsWith("Id", StringComparison.Ordinal) && set.EntityType.FindProperty(member[..^2]) is IEdmNavigationProperty link)
            {
                var target = Grammar.Sets.First(s => s.EntityType == link.ToEntityType()).Name;
                return (await app.ListAsync($"odata/{target}?$top=1&$select=id")) is [{ } row] ? row["id"]!.DeepClone() : null;
            }

            return type?.Definition switch
            {
                // A list of fixed words takes not any, nor always the first.
                IEdmEnumType or IEdmCollectionType when members.GetValueOrDefault(member)?["examples"] is JsonArray and [{ } example, ..] => example.DeepClone(),
                IEdmEnumType words => words.Members.First().Name,
                IEdmCollectionType => members.GetValueOrDefault(member)?["items"]?["$ref"] is null ? new JsonArray("x") : [],
                _ when type?.IsDateTimeOffset() == true => "2027-01-01T10:00:00Z",
                _ when type?.IsIntegral() == true => 1,
                _ when type?.IsBoolean() == true => true,
                _ when member.Contains("url", StringComparison.OrdinalIgnoreCase) => $"https://example.org/{Unique}",
                _ when member.Contains("mail", StringComparison.OrdinalIgnoreCase) || member.EndsWith("ddress", StringComparison.Ordinal) || member == "value" => $"{Unique}@example.org",
                _ => $"a long enough text {Unique}",
            };
        }
    }
}
