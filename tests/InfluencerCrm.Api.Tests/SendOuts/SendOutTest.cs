using System.Globalization;
using System.Text.Json;

namespace InfluencerCrm.Api.Tests.SendOuts;

/// <summary>A send-out with its story and list, and short words for its actions.</summary>
public abstract class SendOutTest : ApiTest
{
    protected const string Subject = "{{ story.title }}";

    protected const string Body = "{{ influencer.firstName | default: \"Hello\" }},\n\n{{ story.body }}\n\n{{ client.boilerplate | default: \"\" }}";

    /// <summary>Far enough that nothing leaves while the test looks.</summary>
    protected static DateTime Later { get; } = TimeProvider.System.GetUtcNow().UtcDateTime.AddHours(6);

    protected static string Json(DateTime at) => at.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    protected async Task<int> PersonAsync(string firstName, string? email = null, object? more = null)
    {
        var body = JsonSerializer.SerializeToNode(more ?? new { })!.AsObject();
        body["firstName"] = firstName;
        body["lastName"] = "Martin";
        if (email is not null)
        {
            body["email"] = email;
        }

        return Id(await App.CreateAsync("influencers", body));
    }

    protected async Task<int> ListAsync(params int[] people)
    {
        var list = Id(await App.CreateAsync("mediaLists", new { name = "List" }));
        if (people.Length > 0)
        {
            await PostAsync($"odata/mediaLists({list})/addMembers", new { influencerIds = people });
        }

        return list;
    }

    protected async Task<int> StoryAsync(object? more = null)
    {
        var body = JsonSerializer.SerializeToNode(more ?? new { })!.AsObject();
        body["title"] ??= "A battery";
        body["status"] ??= "approved";
        var story = Id(await App.CreateAsync("stories", body));
        await App.CreateAsync($"stories({story})/versions", new { language = "en", title = body["title"]!.GetValue<string>(), body = "It **lasts**." });
        return story;
    }

    /// <param name="more">Members on top of a pitch of the story to the list.</param>
    protected async Task<int> SendOutAsync(int list, int story, object? more = null)
    {
        var body = JsonSerializer.SerializeToNode(more ?? new { })!.AsObject();
        body["name"] ??= "Spring";
        body["mediaListId"] = list;
        body["storyId"] = story;
        body["subjectTemplate"] ??= Subject;
        body["bodyTemplate"] ??= Body;
        return Id(await App.CreateAsync("sendOuts", body));
    }

    protected async Task<int> SendOutToAsync(params int[] people) => await SendOutAsync(await ListAsync(people), await StoryAsync());

    protected Task<JsonObject> CheckAsync(int sendOut, HttpClient? client = null) => PostAsync($"odata/sendOuts({sendOut})/check", null, client);

    protected Task<JsonObject> ScheduleAsync(int sendOut, HttpClient? client = null) => PostAsync($"odata/sendOuts({sendOut})/schedule", new { at = Json(Later) }, client);

    protected Task<JsonArray> MessagesAsync(int sendOut) => App.ListAsync($"odata/messages?$filter=sendOutId eq {sendOut}&$orderby=influencerId");

    /// <summary>An action that succeeds.</summary>
    protected async Task<JsonObject> PostAsync(string url, object? body, HttpClient? client = null)
    {
        using var response = await SendAsync(client ?? App.Admin, HttpMethod.Post, url, body is null ? null : JsonSerializer.Serialize(body));
        var text = await response.Content.ReadAsStringAsync(Ct);
        Assert.True(response.IsSuccessStatusCode, $"POST {url} answered {(int)response.StatusCode}: {text}");
        return JsonNode.Parse(text)!.AsObject();
    }

    /// <summary>An action that is refused.</summary>
    protected async Task<JsonObject> RefusedAsync(HttpStatusCode status, string url, object? body = null, HttpClient? client = null)
    {
        using var response = await SendAsync(client ?? App.Admin, HttpMethod.Post, url, body is null ? null : JsonSerializer.Serialize(body));
        return await ErrorAsync(response, status);
    }

    protected static JsonObject? Problem(JsonObject check, string code) =>
        check["problems"]!.AsArray().FirstOrDefault(p => p!["code"]!.GetValue<string>() == code)?.AsObject();

    protected static string? Text(JsonNode? row, string member) => row?[member]?.GetValue<string>();
}
