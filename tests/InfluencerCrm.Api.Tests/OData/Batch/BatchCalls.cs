using System.Text;

namespace InfluencerCrm.Api.Tests.OData.Batch;

/// <summary>Short words for batches.</summary>
public abstract class BatchCalls : ApiTest
{
    protected static object Part(string id, string method, string url, object? body = null, string? group = null, object? headers = null, string[]? dependsOn = null)
    {
        var part = new Dictionary<string, object> { ["id"] = id, ["method"] = method, ["url"] = url };
        Add("body", body);
        Add("atomicityGroup", group);
        Add("headers", headers);
        Add("dependsOn", dependsOn);
        return part;

        void Add(string name, object? value)
        {
            if (value is not null)
            {
                part[name] = value;
            }
        }
    }

    protected Task<HttpResponseMessage> SendBatchAsync(HttpClient? client, string? prefer, params object[] parts) =>
        SendTextAsync(client, System.Text.Json.JsonSerializer.Serialize(new { requests = parts }), "application/json", prefer);

    protected async Task<HttpResponseMessage> SendTextAsync(HttpClient? client, string body, string contentType, string? prefer = null, string? accept = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri("odata/$batch", UriKind.Relative)) { Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body)) };
        request.Headers.ExpectContinue = body.Length > 1024 * 1024;
        request.Content.Headers.TryAddWithoutValidation("Content-Type", contentType);
        if (prefer is not null)
        {
            request.Headers.Add("Prefer", prefer);
        }

        if (accept is not null)
        {
            request.Headers.Add("Accept", accept);
        }

        return await (client ?? App.Admin).SendAsync(request, Ct);
    }

    /// <summary>The answers of a JSON batch, by id.</summary>
    protected static async Task<Dictionary<string, JsonObject>> AnswersAsync(HttpResponseMessage response)
    {
        var text = await response.Content.ReadAsStringAsync(Ct);
        Assert.True(response.StatusCode == HttpStatusCode.OK, $"{(int)response.StatusCode}: {text}");
        return JsonNode.Parse(text)!["responses"]!.AsArray().ToDictionary(r => r!["id"]!.GetValue<string>(), r => r!.AsObject());
    }

    protected async Task<Dictionary<string, JsonObject>> BatchAsync(params object[] parts)
    {
        using var response = await SendBatchAsync(null, null, parts);
        return await AnswersAsync(response);
    }

    protected static int Status(JsonObject answer) => answer["status"]!.GetValue<int>();

    protected static string Code(JsonObject answer) => answer["body"]!["error"]!["code"]!.GetValue<string>();

    protected async Task<int> CountAsync(string set, string filter) =>
        int.Parse(await App.Admin.GetStringAsync(new Uri($"odata/{set}/$count?$filter={Uri.EscapeDataString(filter)}", UriKind.Relative), Ct), System.Globalization.CultureInfo.InvariantCulture);
}
