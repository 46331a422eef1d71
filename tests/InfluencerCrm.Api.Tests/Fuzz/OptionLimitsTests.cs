using System.Text.Json;

namespace InfluencerCrm.Api.Tests.Fuzz;

/// <summary>
/// Options that are as deep as is read, and deeper: a stack that overflows ends the process, and with it all the tests. They come in through a
/// batch, as no request line holds them.
/// </summary>
public sealed class OptionLimitsTests : ApiTest
{
    private static readonly (string Option, Func<int, string> Value, int Deepest)[] Deep =
    [
        ("$filter", n => string.Join(" or ", Enumerable.Repeat("id eq 1", n)), 250),
        ("$filter", n => new string('(', n) + "id eq 1" + new string(')', n), 997),
        ("$filter", n => $"id{Repeat(" add 1", n)} eq 1", 498),
        ("$filter", n => Repeat("not ", n) + "(1 eq 1)", 990),
        ("$filter", n => Repeat("-", n) + "1 eq id", 990),
        ("$filter", n => Repeat("concat('a',", n) + "'b'" + new string(')', n) + " eq 'x'", 490),
        ("$filter", n => Repeat("trim(", n) + "displayName" + new string(')', n) + " eq 'x'", 490),
        ("$filter", n => string.Join(" eq ", Enumerable.Repeat("true", n)), 499),
        ("$filter", n => Repeat("awayDelegate/", n) + "id eq 1", 490),
        ("$filter", n => string.Concat(Enumerable.Range(0, n).Select(i => $"topics/any(a{i}:")) + "1 eq 1" + new string(')', n), 240),
        ("$orderby", n => $"id{Repeat(" add 1", n)}", 498),
        ("$orderby", n => Repeat("trim(", n) + "displayName" + new string(')', n), 490),
        ("$compute", n => $"id{Repeat(" add 1", n)} as a&$select=a", 498),
        ("$compute", n => Repeat("trim(", n) + "displayName" + new string(')', n) + " as a&$select=a", 490),
        ("$expand", n => Repeat("topics($expand=", n) + "topic" + new string(')', n), 490),
        ("$select", n => Repeat("topics/", n) + "id", 490),
        ("$apply", n => string.Join('/', Enumerable.Repeat("filter(id gt 1)", n)), 47),
        ("$apply", n => string.Join('/', Enumerable.Range(0, n).Select(i => $"compute(id add {i} as a{i})")), 47),
        ("$apply", n => string.Join('/', Enumerable.Repeat("groupby((id))", n)), 47),
        ("$apply", n => Repeat("groupby((id),", n) + "aggregate($count as a)" + new string(')', n), 490),
        ("$apply", n => $"filter(id{Repeat(" add 1", n)} eq 1)", 490),
        ("$apply", n => $"compute(id{Repeat(" add 1", n)} as a)", 490),
        ("$search", n => string.Join(" OR ", Enumerable.Repeat("x", n)), 50),
        ("$search", n => string.Join(' ', Enumerable.Repeat("word", n)), 99),
        ("$search", n => Repeat("NOT ", n) + "x", 98),
        ("$search", n => new string('(', n) + "x" + new string(')', n), 98),
    ];

    [DatabaseFact]
    public async Task WhatIsAsDeepAsIsRead_IsAnsweredOrRefused_AndWhatIsDeeperIsRefusedByName()
    {
        foreach (var (option, value, deepest) in Deep)
        {
            var (status, body) = await AskAsync(option, value(deepest));
            Assert.True(status < 500 && body["error"]?["code"]?.GetValue<string>() != "queryTooDeep", $"{option} {value(3)}, {deepest} deep: {status} {body}");

            foreach (var depth in new[] { 1_010, 20_000 })
            {
                (status, body) = await AskAsync(option, value(depth));
                Assert.True(status == 400 && body["error"]!["code"]!.GetValue<string>() == "queryTooDeep", $"{option} {value(3)}, {depth} deep: {status} {body}");
                Assert.Contains(option, body["error"]!["message"]!.GetValue<string>(), StringComparison.Ordinal);
            }
        }
    }

    [Theory]
    [InlineData("$search", "\"{0}\"")]
    [InlineData("$filter", "contains(bio,'{0}')")]
    [InlineData("$filter", "contains(bio,'it''s (({0}')")]
    public async Task WordsInsideOneText_AreNoDepth(string option, string value)
    {
        var (status, body) = await AskAsync(option, string.Format(System.Globalization.CultureInfo.InvariantCulture, value, string.Join(' ', Enumerable.Repeat("word", 1_200))));

        Assert.True(status == 200, body.ToJsonString());
    }

    [Theory]
    [InlineData("$search", "it's{0}")]
    [InlineData("$search", "\"a\\\"\"{0}")]
    [InlineData("$apply", "search(it's)/filter(1 eq 1{0})")]
    public async Task AMarkThatBeginsNoText_HidesNothing(string option, string value)
    {
        var (status, body) = await AskAsync(option, string.Format(System.Globalization.CultureInfo.InvariantCulture, value, Repeat(" or x", 1_200)));

        Assert.Equal((400, "queryTooDeep"), (status, body["error"]!["code"]!.GetValue<string>()));
    }

    [Fact]
    public async Task ALongList_IsNotDeep()
    {
        var (_, body) = await AskAsync("$filter", $"id in ({string.Join(',', Enumerable.Range(1, 10_000))})");

        Assert.NotEqual("queryTooDeep", body["error"]?["code"]?.GetValue<string>());
    }

    [Fact]
    public async Task AStoredFilter_HasTheSameLimit()
    {
        using var response = await SendAsync(App.Admin, HttpMethod.Post, "odata/mediaLists", JsonSerializer.Serialize(new { name = "Deep", kind = "dynamic", filter = $"id{Repeat(" add 1", 1_010)} eq 1" }));

        Assert.InRange((int)response.StatusCode, 400, 422);
    }

    private async Task<(int Status, JsonObject Body)> AskAsync(string option, string value)
    {
        var url = $"influencers?{option}={string.Join("&$select=", value.Split("&$select=").Select(Uri.EscapeDataString))}";
        using var response = await SendAsync(App.Admin, HttpMethod.Post, "odata/$batch", JsonSerializer.Serialize(new { requests = new[] { new { id = "1", method = "GET", url } } }));
        var answer = JsonNode.Parse(await response.Content.ReadAsStringAsync(Ct))!["responses"]![0]!;
        return (answer["status"]!.GetValue<int>(), answer["body"]!.AsObject());
    }

    private static string Repeat(string text, int count) => string.Concat(Enumerable.Repeat(text, count));
}
