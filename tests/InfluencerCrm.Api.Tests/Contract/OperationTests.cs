using System.Xml.Linq;

namespace InfluencerCrm.Api.Tests.Contract;

/// <summary>What clients that are generated from <c>$metadata</c> rely on.</summary>
public sealed class OperationTests : ApiTest
{
    private static readonly XNamespace Edm = "http://docs.oasis-open.org/odata/ns/edm";

    [Theory]
    [InlineData("addMembers", "influencerIds:Collection(Edm.Int32)", "InfluencerCrm.MembersChanged")]
    [InlineData("schedule", "at:Edm.DateTimeOffset? overridePressure:Edm.Boolean? overrideReason:Edm.String?", "InfluencerCrm.SendOut")]
    [InlineData("sendTest", "to:Edm.String influencerId:Edm.Int32?", "InfluencerCrm.TestSent")]
    [InlineData("lift", "reason:Edm.String", "InfluencerCrm.Suppression")]
    [InlineData("progress", "", "InfluencerCrm.SendOutProgress")]
    [InlineData("content", "", "InfluencerCrm.MessageContent")]
    public async Task AnOperation_NamesWhatItTakesAndAnswers(string name, string parameters, string answer)
    {
        var operation = (await MetadataAsync()).Descendants().Single(e => e.Name.LocalName is "Action" or "Function" && (string?)e.Attribute("Name") == name);

        Assert.Equal(parameters, string.Join(' ', operation.Elements(Edm + "Parameter").Skip(1).Select(p => $"{(string?)p.Attribute("Name")}:{(string?)p.Attribute("Type")}{(p.HasElements ? "?" : "")}")));
        Assert.Equal(answer, (string?)operation.Element(Edm + "ReturnType")!.Attribute("Type"));
    }

    [Theory]
    [InlineData("addMembers")]
    [InlineData("InfluencerCrm.addMembers")]
    public async Task AnActionWithParameters_IsCalledByItsShortAndItsFullName(string name)
    {
        var person = await App.CreateAsync("influencers", new { kind = "journalist", displayName = "Odile Tessier" });
        var list = await App.CreateAsync("mediaLists", new { name = "Called", kind = "static" });

        using var answer = await SendAsync(App.Admin, HttpMethod.Post, $"odata/mediaLists({Id(list)})/{name}", $$"""{"influencerIds":[{{Id(person)}}]}""");

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(1, JsonNode.Parse(await answer.Content.ReadAsStringAsync(Ct))!["changed"]!.GetValue<int>());
    }

    [Theory]
    [InlineData("resolve()")]
    [InlineData("resolve")]
    [InlineData("InfluencerCrm.resolve()")]
    [InlineData("InfluencerCrm.resolve")]
    public async Task AFunctionWithoutParameters_IsCalledWithAndWithoutParentheses(string name)
    {
        var list = await App.CreateAsync("mediaLists", new { name = "Called", kind = "static" });

        var people = await App.GetAsync($"odata/mediaLists({Id(list)})/{name}?$count=true");

        Assert.Equal(0, people["@odata.count"]!.GetValue<int>());
    }

    [Fact]
    public async Task ReadOnlyProperties_AreComputed_AndPassedOverInBodies()
    {
        var type = (await MetadataAsync()).Descendants(Edm + "EntityType").Single(t => (string?)t.Attribute("Name") == "Influencer");
        var computed = type.Elements(Edm + "Property").Where(p => p.Elements(Edm + "Annotation").Any(a => (string?)a.Attribute("Term") == "Org.OData.Core.V1.Computed")).Select(p => (string)p.Attribute("Name")!).ToList();
        var body = new JsonObject(computed.Select(name => KeyValuePair.Create(name, (JsonNode?)null))) { ["kind"] = "blogger", ["displayName"] = "Paul Le Guen" };

        var row = await App.CreateAsync("influencers", body);

        Assert.Superset(new HashSet<string> { "id", "version", "createdAt", "updatedAt", "influenceScore", "relationshipStage", "lastInteractionAt" }, computed.ToHashSet());
        Assert.DoesNotContain("displayName", computed);
        Assert.NotEqual(0, Id(row));
    }

    [Theory]
    [InlineData("auditEntries", "InsertRestrictions UpdateRestrictions DeleteRestrictions")]
    [InlineData("suppressions", "UpdateRestrictions DeleteRestrictions")]
    [InlineData("influencers", "")]
    public async Task SetsThatAreNotWritten_SaySo(string set, string restrictions)
    {
        var found = (await MetadataAsync()).Descendants(Edm + "EntitySet").Single(s => (string?)s.Attribute("Name") == set).Elements(Edm + "Annotation")
            .Select(a => ((string)a.Attribute("Term")!).Split('.')[^1]).Where(t => t.EndsWith("Restrictions", StringComparison.Ordinal));

        Assert.Equal(restrictions, string.Join(' ', found));
    }

    private async Task<XDocument> MetadataAsync() => XDocument.Parse(await App.Admin.GetStringAsync(new Uri("odata/$metadata", UriKind.Relative), Ct));
}
