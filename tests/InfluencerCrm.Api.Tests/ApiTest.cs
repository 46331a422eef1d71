using System.Text;

namespace InfluencerCrm.Api.Tests;

/// <summary>A test of the API: the product of its own, and short words for requests.</summary>
public abstract class ApiTest : IAsyncLifetime
{
    protected CrmApp App { get; private set; } = null!;

    protected static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>The product's clock, where it is not to be the machine's.</summary>
    protected virtual TimeProvider? Clock => null;

    /// <summary>Configuration on top of the kit's own.</summary>
    protected virtual IReadOnlyDictionary<string, string?>? Settings => null;

    public async ValueTask InitializeAsync()
    {
        await BeforeStartAsync();
        App = await CrmApp.StartAsync(TestDatabase.CurrentProvider, Settings, Clock);
    }

    public async ValueTask DisposeAsync()
    {
        await App.DisposeAsync();
        await AfterEndAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>What has to be there before the product starts, and its settings name.</summary>
    protected virtual ValueTask BeforeStartAsync() => ValueTask.CompletedTask;

    /// <summary>The end of it, after the product's.</summary>
    protected virtual ValueTask AfterEndAsync() => ValueTask.CompletedTask;

    protected static async Task<HttpResponseMessage> SendAsync(HttpClient client, HttpMethod method, string url, string? body = null, string? ifMatch = null, string mediaType = "application/json")
    {
        using var request = new HttpRequestMessage(method, new Uri(url, UriKind.Relative));
        if (body is not null)
        {
            request.Content = new StringContent(body, Encoding.UTF8, mediaType);
        }

        if (ifMatch is not null)
        {
            request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        }

        return await client.SendAsync(request, Ct);
    }

    /// <summary>The error of an answer, after checking its status and shape.</summary>
    protected static async Task<JsonObject> ErrorAsync(HttpResponseMessage response, HttpStatusCode status)
    {
        var text = await response.Content.ReadAsStringAsync(Ct);
        Assert.True(response.StatusCode == status, $"Expected {(int)status}, got {(int)response.StatusCode}: {text}");
        var error = JsonNode.Parse(text)!["error"]!.AsObject();
        Assert.False(string.IsNullOrEmpty(error["code"]!.GetValue<string>()));
        Assert.False(string.IsNullOrEmpty(error["message"]!.GetValue<string>()));
        Assert.DoesNotContain("   at ", text, StringComparison.Ordinal);
        return error;
    }

    protected static int Id(JsonObject row) => row["id"]!.GetValue<int>();

    protected static string ETag(JsonObject row) => row["@odata.etag"]!.GetValue<string>();
}
