namespace InfluencerCrm.Api.Tests.OData;

/// <summary>A client that keeps a copy of a set: one full read, then delta links.</summary>
internal sealed class Follower(HttpClient client, int? pageSize = null)
{
    /// <summary>The copy, by address.</summary>
    public Dictionary<long, JsonObject> Rows { get; } = [];

    /// <summary>What was said to be gone, with the reason, in order.</summary>
    public List<(long Id, string Reason)> Removed { get; } = [];

    /// <summary>How often each row came with a delta link.</summary>
    public Dictionary<long, int> Changed { get; } = [];

    public string Link { get; private set; } = "";

    public int Pages { get; private set; }

    public string Text { get; private set; } = "";

    public async Task<Follower> BeginAsync(string url)
    {
        var next = url;
        while (next is not null)
        {
            var page = await GetAsync(next, url == next);
            foreach (var row in page["value"]!.AsArray())
            {
                Rows[IdOf(row!)] = row!.AsObject();
            }

            (next, Link) = (page["@odata.nextLink"]?.GetValue<string>(), page["@odata.deltaLink"]?.GetValue<string>() ?? "");
        }

        Assert.NotEmpty(Link);
        return this;
    }

    /// <summary>Reads the changes until the copy is as expected: a server holds them back while anything older runs on it.</summary>
    public async Task UntilAsync(Func<Follower, bool> expected)
    {
        for (var looks = 0; looks < 1000; looks++)
        {
            await FollowAsync();
            if (expected(this))
            {
                return;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(30), TimeProvider.System, TestContext.Current.CancellationToken);
        }

        Assert.Fail($"What was waited for never came. The last answer: {Text}");
    }

    public async Task FollowAsync()
    {
        string? next = Link;
        while (next is not null)
        {
            var page = await GetAsync(next, false);
            foreach (var row in page["value"]!.AsArray().Select(r => r!.AsObject()))
            {
                if (row["reason"] is { } reason)
                {
                    var id = long.Parse(row["id"]!.GetValue<string>().Split('(', ')')[^2], System.Globalization.CultureInfo.InvariantCulture);
                    Rows.Remove(id);
                    Removed.Add((id, reason.GetValue<string>()));
                }
                else
                {
                    Rows[IdOf(row)] = row;
                    Changed[IdOf(row)] = Changed.GetValueOrDefault(IdOf(row)) + 1;
                }
            }

            next = page["@odata.nextLink"]?.GetValue<string>();
            Link = page["@odata.deltaLink"]?.GetValue<string>() ?? Link;
        }
    }

    private static long IdOf(JsonNode row) => row["id"]!.GetValue<long>();

    private async Task<JsonObject> GetAsync(string url, bool first)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(url, UriKind.RelativeOrAbsolute));
        if (first)
        {
            request.Headers.TryAddWithoutValidation("Prefer", "odata.track-changes");
        }

        if (pageSize is not null)
        {
            request.Headers.TryAddWithoutValidation("Prefer", $"odata.maxpagesize={pageSize}");
        }

        using var response = await client.SendAsync(request, TestContext.Current.CancellationToken);
        Text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Pages++;
        Assert.True(response.IsSuccessStatusCode, $"{url} answered {(int)response.StatusCode}: {Text}");
        return JsonNode.Parse(Text)!.AsObject();
    }
}
