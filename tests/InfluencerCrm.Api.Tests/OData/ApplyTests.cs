namespace InfluencerCrm.Api.Tests.OData;

/// <summary><c>$apply</c> and <c>$compute</c>: sums that a database makes.</summary>
public sealed class ApplyTests : ApiTest
{
    [DatabaseFact]
    public async Task Groups_WithTheirSums()
    {
        await PeopleAsync();

        Assert.Equal(
            "[{\"country\":null,\"n\":1,\"most\":7},{\"country\":\"DE\",\"n\":1,\"most\":5},{\"country\":\"FR\",\"n\":2,\"most\":30}]",
            await RowsAsync("odata/influencers?$apply=groupby((country),aggregate($count as n,audience with max as most))&$orderby=country"));
        Assert.Equal("[{\"country\":\"FR\",\"mean\":20}]", await RowsAsync("odata/influencers?$apply=filter(country eq 'FR')/groupby((country),aggregate(audience with average as mean))"));
        Assert.Equal("[{\"sum\":52,\"least\":5,\"kinds\":2}]", await RowsAsync("odata/influencers?$apply=aggregate(audience with sum as sum,audience with min as least,kind with countdistinct as kinds)"));
        Assert.Equal("[{\"country\":\"FR\",\"n\":2}]", await RowsAsync("odata/influencers?$apply=groupby((country),aggregate($count as n))/filter(n gt 1)"));
        Assert.Equal("[{\"kind\":\"blogger\"},{\"kind\":\"journalist\"}]", await RowsAsync("odata/influencers?$apply=groupby((kind))&$orderby=kind"));
    }

    [DatabaseFact]
    public async Task Groups_OverALink()
    {
        await PeopleAsync();
        var outlet = Id(await App.CreateAsync("outlets", new { name = "Gazette", kind = "newspaper" }));
        foreach (var person in await App.ListAsync("odata/influencers?$filter=country eq 'FR'"))
        {
            await App.CreateAsync("affiliations", new { influencerId = Id(person!.AsObject()), outletId = outlet });
        }

        Assert.Equal(
            "[{\"outlet\":{\"name\":\"Gazette\"},\"n\":2,\"sum\":40}]",
            await RowsAsync("odata/affiliations?$apply=groupby((outlet/name),aggregate($count as n,influencer/audience with sum as sum))"));
    }

    [DatabaseFact]
    public async Task SumOfNothingKnown_IsNull_OfEachType()
    {
        await PeopleAsync();
        await App.CreateAsync("influencers", new { displayName = "E", country = "IT", kind = "expert" });
        await App.CreateAsync("campaigns", new { name = "No budget" });

        Assert.Equal(
            "[{\"country\":\"FR\",\"sum\":40,\"least\":10},{\"country\":\"IT\",\"sum\":null,\"least\":null}]",
            await RowsAsync("odata/influencers?$apply=filter(country in ('FR','IT'))/groupby((country),aggregate(audience with sum as sum,audience with min as least))&$orderby=country"));
        Assert.Equal("[{\"country\":\"FR\",\"sum\":40}]", await RowsAsync("odata/influencers?$apply=filter(country in ('FR','IT'))/groupby((country),aggregate(audience with sum as sum))/filter(sum ne null)"));
        Assert.Equal("[{\"sum\":null}]", await RowsAsync("odata/campaigns?$apply=aggregate(budget with sum as sum)"));
        Assert.Equal("[{\"sum\":null}]", await RowsAsync("odata/influencers?$apply=aggregate(influenceScore with sum as sum)"));
    }

    [DatabaseFact]
    public async Task Groups_ComeInPages_EachOnce()
    {
        foreach (var i in Enumerable.Range(1, 5))
        {
            await App.CreateAsync("influencers", new { displayName = $"{i}", city = $"City {i}" });
        }

        var client = App.WithKey(CrmApp.AdminKey);
        client.DefaultRequestHeaders.Add("Prefer", "maxpagesize=2");
        var cities = new List<string>();
        for (string? next = "odata/influencers?$apply=groupby((city),aggregate($count as n))"; next is not null;)
        {
            var page = await App.GetAsync(next, client);
            cities.AddRange(page["value"]!.AsArray().Select(r => r!["city"]!.GetValue<string>()));
            Assert.True(cities.Count <= 5);
            next = page["@odata.nextLink"]?.GetValue<string>() is { } link ? new Uri(link).PathAndQuery.TrimStart('/') : null;
        }

        Assert.Equal(Enumerable.Range(1, 5).Select(i => $"City {i}"), cities.Order());
    }

    [DatabaseFact]
    public async Task Computed_MembersAreFilteredOrderedAndShown()
    {
        await PeopleAsync();

        Assert.Equal(
            "[{\"displayName\":\"B\",\"twice\":60},{\"displayName\":\"A\",\"twice\":20}]",
            await RowsAsync("odata/influencers?$format=application/json;odata.metadata=none&$compute=audience mul 2 as twice&$filter=twice gt 14&$orderby=twice desc&$select=displayName,twice"));
    }

    [Theory]
    [InlineData("groupby((nothing))")]
    [InlineData("groupby((country),aggregate(country with sum as s))")]
    [InlineData("aggregate(audience with average)")]
    [InlineData("groupby(")]
    [InlineData("filter(country eq 'FR'")]
    [InlineData("aggregate(audience with explode as x)")]
    [InlineData("concat(groupby((country)),groupby((kind)))")]
    [InlineData("topcount(1,audience)")]
    public async Task WhatCannotBeSummed_IsTheClientsError(string apply)
    {
        using var response = await App.Admin.GetAsync(new Uri($"odata/influencers?$apply={Uri.EscapeDataString(apply)}", UriKind.Relative), Ct);

        await ErrorAsync(response, HttpStatusCode.BadRequest);
    }

    private async Task PeopleAsync()
    {
        foreach (var (name, country, kind, audience) in new[] { ("A", "FR", "journalist", 10), ("B", "FR", "blogger", 30), ("C", "DE", "blogger", 5), ("D", null, "journalist", 7) })
        {
            await App.CreateAsync("influencers", new { displayName = name, country, kind, audience });
        }
    }

    private async Task<string> RowsAsync(string url) => (await App.ListAsync(url)).ToJsonString();
}
