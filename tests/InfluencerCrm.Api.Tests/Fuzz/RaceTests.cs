namespace InfluencerCrm.Api.Tests.Fuzz;

/// <summary>Two writers who have read the same row: one wins, and the other is told, in every round.</summary>
public sealed class RaceTests : ApiTest
{
    private const int Rounds = 25;

    [DatabaseFact]
    public async Task TwoChanges_OfOneETag_OneWins_AndOneGets412()
    {
        for (var round = 0; round < Rounds; round++)
        {
            foreach (var (first, second) in new[] { ("PATCH", "PATCH"), ("PUT", "PUT"), ("PATCH", "PUT") })
            {
                var topic = await App.CreateAsync("topics", new { name = $"Topic {first} {second} {round}" });

                var answers = await Task.WhenAll(ChangeAsync(first, topic, $"First {round}{first}{second}"), ChangeAsync(second, topic, $"Second {round}{first}{second}"));

                Assert.Equal([HttpStatusCode.OK, HttpStatusCode.PreconditionFailed], answers.Select(a => a.Status).Order());
                var won = answers.Single(a => a.Status == HttpStatusCode.OK);
                Assert.Equal(won.Name, (await App.GetAsync($"odata/topics({Id(topic)})"))["name"]!.GetValue<string>());
            }
        }
    }

    [DatabaseFact]
    public async Task AChangeAndADelete_OfOneETag_OneWins_AndTheOtherIsTold()
    {
        for (var round = 0; round < Rounds; round++)
        {
            var topic = await App.CreateAsync("topics", new { name = $"Topic {round}" });

            var answers = await Task.WhenAll(ChangeAsync("PATCH", topic, $"Changed {round}"), ChangeAsync("DELETE", topic, ""));

            var (changed, deleted) = (answers[0].Status, answers[1].Status);
            Assert.True(
                (changed, deleted) is (HttpStatusCode.OK, HttpStatusCode.PreconditionFailed) or (HttpStatusCode.PreconditionFailed or HttpStatusCode.NotFound, HttpStatusCode.NoContent),
                $"PATCH {(int)changed}, DELETE {(int)deleted}");
            using var read = await SendAsync(App.Admin, HttpMethod.Get, $"odata/topics({Id(topic)})");
            Assert.Equal(changed == HttpStatusCode.OK ? HttpStatusCode.OK : HttpStatusCode.NotFound, read.StatusCode);
        }
    }

    [DatabaseFact]
    public async Task TwoDeletes_OfOneETag_OneWins_AndTheOtherIsTold()
    {
        for (var round = 0; round < Rounds; round++)
        {
            var topic = await App.CreateAsync("topics", new { name = $"Topic {round}" });

            var answers = await Task.WhenAll(ChangeAsync("DELETE", topic, ""), ChangeAsync("DELETE", topic, ""));

            Assert.Single(answers, a => a.Status == HttpStatusCode.NoContent);
            Assert.Single(answers, a => a.Status is HttpStatusCode.PreconditionFailed or HttpStatusCode.NotFound);
        }
    }

    private async Task<(HttpStatusCode Status, string Name)> ChangeAsync(string method, JsonObject topic, string name)
    {
        using var response = await SendAsync(App.Admin, new HttpMethod(method), $"odata/topics({Id(topic)})", method == "DELETE" ? null : $$"""{"name":"{{name}}"}""", ETag(topic));
        return (response.StatusCode, name);
    }
}
