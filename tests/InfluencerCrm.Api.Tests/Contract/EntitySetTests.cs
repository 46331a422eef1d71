namespace InfluencerCrm.Api.Tests.Contract;

public sealed class EntitySetTests : ApiTest
{
    public static TheoryData<string> Sets =>
    [
        "influencers", "contactPoints", "topics", "outlets", "affiliations", "platforms", "presences", "relationships", "interactions", "coverage", "requests",
        "clients", "campaigns", "stories", "embargoAgreements", "promises", "mediaLists", "sendOuts", "messages", "suppressions", "senderAccounts", "tasks",
        "feeds", "watches", "imports", "inboundMails", "mailboxes", "webhooks", "users", "apiKeys", "auditEntries",
    ];

    [Theory]
    [MemberData(nameof(Sets))]
    public async Task EverySetOfTheContract_IsRead_Counted_Ordered_AndExpanded(string set)
    {
        var page = await App.GetAsync($"odata/{set}?$count=true&$orderby=createdAt desc&$top=3");
        var metadata = System.Xml.Linq.XDocument.Parse(await App.Admin.GetStringAsync(new Uri("odata/$metadata", UriKind.Relative), Ct));
        System.Xml.Linq.XNamespace edm = "http://docs.oasis-open.org/odata/ns/edm";
        var type = metadata.Descendants(edm + "EntitySet").First(e => (string)e.Attribute("Name")! == set).Attribute("EntityType")!.Value.Split('.')[^1];
        var navigations = metadata.Descendants(edm + "EntityType").First(e => (string)e.Attribute("Name")! == type).Elements(edm + "NavigationProperty").Select(n => (string)n.Attribute("Name")!).ToList();

        Assert.NotNull(page["@odata.count"]);
        foreach (var navigation in navigations)
        {
            await App.GetAsync($"odata/{set}?$expand={navigation}&$top=2&$select=id");
        }
    }
}
