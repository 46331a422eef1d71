using InfluencerCrm.Core.Data;
using InfluencerCrm.Core.Errors;
using InfluencerCrm.Core.Topics;
using InfluencerCrm.TestKit;
using Microsoft.EntityFrameworkCore;

namespace InfluencerCrm.Core.Tests.Topics;

public sealed class TopicTreeTests : DatabaseTest
{
    [DatabaseFact]
    public async Task ATopicInsideItsOwnPart_IsRefused()
    {
        await using var officer = Database.As(Actors.Officer());
        var energy = await officer.CreateAsync<Topic, TopicChanges>(new() { Name = "Energy" }, Ct);
        var solar = await officer.CreateAsync<Topic, TopicChanges>(new() { Name = "Solar", ParentId = energy.Id }, Ct);
        var roofs = await officer.CreateAsync<Topic, TopicChanges>(new() { Name = "Roofs", ParentId = solar.Id }, Ct);

        var refusal = await Assert.ThrowsAsync<RuleViolation>(() => officer.ChangeAsync<Topic, TopicChanges>(energy.Id, new() { ParentId = roofs.Id }, Ct));

        Assert.Equal(("cycle", "parentId"), (refusal.Code, refusal.Target));
    }

    [DatabaseFact]
    public async Task ATopic_IsFoundByItsWordsInEveryLanguage()
    {
        await using var officer = Database.As(Actors.Officer());
        await officer.CreateAsync<Topic, TopicChanges>(
            new() { Name = "Solar", Names = LocalizedText.Of(("fr", "Énergie solaire")), Keywords = LocalizedWords.Of(("fr", ["Panneaux"])) }, Ct);

        var search = await officer.Db.Topics.AsNoTracking().Select(t => t.SearchText).SingleAsync(Ct);

        Assert.Equal("solar energie solaire panneaux", search);
    }
}
