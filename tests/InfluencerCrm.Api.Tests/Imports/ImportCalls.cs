using System.Net.Http.Json;
using System.Text;

namespace InfluencerCrm.Api.Tests.Imports;

/// <summary>Imports as a client makes them.</summary>
internal static class ImportCalls
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>Imports a file and waits for its end.</summary>
    public static async Task<JsonObject> ImportAsync(this CrmApp app, string file, string query = "?", string fileName = "file.csv", string? columns = null, HttpClient? client = null)
    {
        using var response = await app.PostFileAsync(Encoding.UTF8.GetBytes(file), query, fileName, columns, client);
        var text = await response.Content.ReadAsStringAsync(Ct);
        Assert.True(response.StatusCode == HttpStatusCode.Accepted, text);
        var job = await app.EndAsync(JsonNode.Parse(text)!.AsObject());
        Assert.True(Text(job, "status") == "completed", job.ToJsonString());
        return job;
    }

    public static async Task<HttpResponseMessage> PostFileAsync(this CrmApp app, byte[] file, string query, string fileName = "file.csv", string? columns = null, HttpClient? client = null)
    {
        using var form = new MultipartFormDataContent();
        if (columns is not null)
        {
            form.Add(new StringContent(columns), "columns");
        }

        form.Add(new ByteArrayContent(file), "file", fileName);
        return await (client ?? app.Admin).PostAsync(new Uri("api/imports" + query, UriKind.Relative), form, Ct);
    }

    /// <summary>Takes an import back and waits for its end.</summary>
    public static async Task<JsonObject> RevertAsync(this CrmApp app, JsonObject job)
    {
        using var response = await app.Admin.PostAsync(new Uri($"api/imports/{Number(job, "id")}/revert", UriKind.Relative), null, Ct);
        var text = await response.Content.ReadAsStringAsync(Ct);
        Assert.True(response.StatusCode == HttpStatusCode.Accepted, text);
        return await app.EndAsync(JsonNode.Parse(text)!.AsObject());
    }

    public static async Task PatchAsync(this CrmApp app, string url, object changes)
    {
        using var request = new HttpRequestMessage(HttpMethod.Patch, new Uri(url, UriKind.Relative)) { Content = JsonContent.Create(changes) };
        request.Headers.TryAddWithoutValidation("If-Match", Text(await app.GetAsync(url), "@odata.etag"));
        using var response = await app.Admin.SendAsync(request, Ct);
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync(Ct));
    }

    public static async Task<JsonObject> EndAsync(this CrmApp app, JsonObject job)
    {
        while (Text(job, "status") is "queued" or "running" or "reverting")
        {
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, Ct);
            job = await app.GetAsync($"odata/imports({Number(job, "id")})");
        }

        return job;
    }

    public static async Task<List<JsonObject>> WordsAsync(this CrmApp app, JsonObject job) =>
        [.. (await app.ListAsync($"odata/imports({Number(job, "id")})/rows?$orderby=line")).Select(r => r!.AsObject())];

    public static int Number(JsonObject row, string member) => row[member]!.GetValue<int>();

    public static string Text(JsonObject row, string member) => row[member]?.ToString() ?? "";
}
