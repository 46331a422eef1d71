namespace InfluencerCrm.Api.Tests.Guide;

/// <summary>The tools of the documents' tests can fail.</summary>
public sealed class WalkTests
{
    [Fact]
    public void Words_AreThoseOfAShell()
    {
        var words = Shell.Words("""curl -sG "$A/x(\$it)" -d '{"a": '$B', "b": "$A"}'""" + " \\\n --next", new Dictionary<string, string> { ["A"] = "1", ["B"] = "2" });

        Assert.Equal(["curl", "-sG", "1/x($it)", """{"a": 2, "b": "$A"}""", "--next"], words.Where(w => w != "-d"));
    }

    [Fact]
    public void Commands_EndWithTheLine_OutsideQuotes()
    {
        Assert.Equal(["A=1", "curl 'a\n#b' \\\n  \"c\"", "ls"], Shell.Commands("A=1   # one\n\n# two\ncurl 'a\n#b' \\\n  \"c\"\nls"));
    }

    [Theory]
    [InlineData("""{"value": [{"id": 1, "name": "Zoé …"}, …]}""", null)]
    [InlineData("""{"value": [{"id": 1, …}, {"id": …, …}]}""", null)]
    [InlineData("""{"value": [{"id": 2, …}, …]}""", "/value[0]/id: 1, not 2")]
    [InlineData("""{"value": [{"id": 1, "name": "Zoé Lefèvre"}]}""", "/value: 2 of them")]
    [InlineData("""{"value": [{"id": 1, "name": "Zoé …"}, {"id": 2}]}""", "/value[1]/name: not printed")]
    [InlineData("""{"value": [{"id": 1, "name": "Zoé …", "city": "Brest"}, …]}""", "/value[0]/city: missing")]
    [InlineData("""{"@odata.count": 2, "value": [{…}, {…}]}""", "/@odata.count: missing")]
    public void APrintedAnswer_IsHeldAgainstTheRealOne(string printed, string? difference)
    {
        var answer = new CurlAnswer(HttpStatusCode.OK, new Dictionary<string, string>(), """{"@odata.context": "x", "value": [{"@odata.etag": "y", "id": 1, "name": "Zoé\u00a0Lefèvre"}, {"id": 2, "name": null}]}""");

        Assert.Equal(difference, PrintedAnswer.Difference("json", printed, answer));
    }

    [Theory]
    [InlineData("HTTP/1.1 412 Precondition Failed\nETag: W/…\n\n{\"error\": {…}}", null)]
    [InlineData("HTTP/1.1 412 Precondition Failed\nRetry-After: 1", "Retry-After: missing, not 1")]
    [InlineData("HTTP/1.1 200 OK", "status 412, not HTTP/1.1 200 OK")]
    public void StatusAndHeaders_AreHeldToo(string printed, string? difference)
    {
        var answer = new CurlAnswer(HttpStatusCode.PreconditionFailed, new Dictionary<string, string> { ["ETag"] = "W/\"1\"" }, """{"error": {"code": "versionMismatch"}}""");

        Assert.Equal(difference, PrintedAnswer.Difference("http", printed, answer));
        Assert.Equal("status 412", PrintedAnswer.Difference("json", "{…}", answer));
    }
}
