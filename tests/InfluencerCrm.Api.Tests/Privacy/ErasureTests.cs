using System.Net.Http.Json;
using InfluencerCrm.Api.Tests.SendOuts;
using InfluencerCrm.Core.Privacy;
using InfluencerCrm.Core.SendOuts;
using Microsoft.EntityFrameworkCore;

namespace InfluencerCrm.Api.Tests.Privacy;

public sealed class ErasureTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task AnErasedPerson_IsGone_AndStaysUnwritten()
    {
        await using var app = await CrmApp.StartAsync("Sqlite");
        var stage = new DispatchStage(app);
        await stage.PrepareAsync(1);
        var person = stage.People[0];
        var address = new Uri($"api/influencers/{person}/erase", UriKind.Relative);

        using var asked = await app.Admin.PostAsync(address, null, Ct);
        var confirm = JsonNode.Parse(await asked.Content.ReadAsStringAsync(Ct))!["confirm"]!.GetValue<string>();
        using var still = await app.Admin.GetAsync(new Uri($"odata/influencers({person})", UriKind.Relative), Ct);
        using var wrong = await app.Admin.PostAsJsonAsync(address, new { confirm = "yes" }, Ct);
        using var done = await app.Admin.PostAsJsonAsync(address, new { confirm }, Ct);
        using var gone = await app.Admin.GetAsync(new Uri($"odata/influencers({person})", UriKind.Relative), Ct);
        using var again = await app.Admin.PostAsync(address, null, Ct);

        Assert.Equal(
            [HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.UnprocessableEntity, HttpStatusCode.OK, HttpStatusCode.Gone, HttpStatusCode.Gone],
            new[] { asked, still, wrong, done, gone, again }.Select(a => a.StatusCode));
        var message = Assert.Single(await stage.MessagesAsync());
        Assert.Equal((MessageStatus.Cancelled, null, null, null), (message.Status, message.ToAddress, message.Subject, message.Values));
        await using var product = app.AsProduct();
        var kept = await product.Db.Suppressions.SingleAsync(Ct);
        Assert.Equal((null, SuppressionReason.Erasure), (kept.Address, kept.Reason));
        Assert.Equal(product.Get<AddressHash>().Of(DispatchStage.AddressOf(0)), kept.AddressHash);
    }

    [Fact]
    public async Task AnOfficer_MayNotErase()
    {
        await using var app = await CrmApp.StartAsync("Sqlite");
        var stage = new DispatchStage(app);
        await stage.PrepareAsync(1);
        var officer = await app.SignUpAsync("prOfficer", "read,write,send");

        using var answer = await officer.PostAsync(new Uri($"api/influencers/{stage.People[0]}/erase", UriKind.Relative), null, Ct);

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
    }
}
