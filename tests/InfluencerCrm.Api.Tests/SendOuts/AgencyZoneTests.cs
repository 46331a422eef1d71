using Microsoft.Extensions.Options;

namespace InfluencerCrm.Api.Tests.SendOuts;

public sealed class AgencyZoneTests
{
    [Fact]
    public async Task AZoneThatIsNone_StopsTheStart()
    {
        await using var database = await TestDatabase.CreateAsync("Sqlite");

        var refusal = await Assert.ThrowsAsync<OptionsValidationException>(() => CrmApp.StartOnAsync(database, new Dictionary<string, string?> { ["Agency:TimeZone"] = "Europe/Atlantis" }));

        Assert.Contains("Agency__TimeZone", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TheAgencysZone_IsTakenForSomebodyOfWhomNothingIsKnown()
    {
        await using var app = await CrmApp.StartAsync(settings: new Dictionary<string, string?> { ["Agency:TimeZone"] = "Asia/Tokyo" });
        var person = await app.CreateAsync("influencers", new { displayName = "Ana", email = "ana@example.org" });
        var list = await app.CreateAsync("mediaLists", new { name = "Press", kind = "dynamic", filter = $"id eq {person["id"]}" });
        var sendOut = await app.CreateAsync("sendOuts", new
        {
            name = "Spring", mediaListId = list["id"]!.GetValue<int>(), subjectTemplate = "s", bodyTemplate = "b", timing = "recipientLocalTime", localTimeOfDay = "09:00:00",
        });

        using var response = await app.Admin.PostAsync(new Uri($"odata/sendOuts({sendOut["id"]})/schedule", UriKind.Relative), new StringContent("""{"at":"2040-01-10T00:00:00Z"}""", System.Text.Encoding.UTF8, "application/json"), TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("2040-01-10T00:00:00Z", (await app.ListAsync($"odata/messages?$filter=sendOutId eq {sendOut["id"]}")).Single()!["dueAt"]!.GetValue<string>());
    }
}
