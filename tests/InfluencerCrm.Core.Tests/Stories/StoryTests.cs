using InfluencerCrm.Core.Errors;
using InfluencerCrm.Core.Stories;

namespace InfluencerCrm.Core.Tests.Stories;

public sealed class StoryTests
{
    [Fact]
    public void TheHash_KnowsEveryPartOfTheText_AndNotTheOrderOfVersions()
    {
        StoryVersion[] versions = [new("fr", "Titre", "Corps"), new("en", "Title", "Body")];
        var hash = Story.HashOf("Story", versions);

        Assert.Matches("^[0-9a-f]{64}$", hash);
        Assert.Equal(hash, Story.HashOf("Story", versions.Reverse()));
        Assert.NotEqual(hash, Story.HashOf("Story!", versions));
        Assert.NotEqual(hash, Story.HashOf("Story", [new("fr", "Titre", "Corps"), new("en", "TitleB", "ody")]));
    }

    [Fact]
    public void Seal_GivesAHashFromApprovalOn_AndTakesItBackWithTheApproval()
    {
        var story = Story.Create(new StoryChanges { Title = "Story" });
        story.Seal();
        Assert.Null(story.PublicHash);

        story.Apply(new StoryChanges { Status = StoryStatus.Approved });
        story.Seal();
        Assert.NotNull(story.PublicHash);

        story.Apply(new StoryChanges { Status = StoryStatus.Draft });
        story.Seal();
        Assert.Null(story.PublicHash);
    }

    [Fact]
    public void WhatWasPublic_CanOnlyBeWithdrawn()
    {
        var story = Story.Create(new StoryChanges { Title = "Story", Status = StoryStatus.Public });

        var conflict = Assert.Throws<Conflict>(() => story.Apply(new StoryChanges { Status = StoryStatus.Draft }));
        story.Apply(new StoryChanges { Status = StoryStatus.Withdrawn });

        Assert.Equal("wrongState", conflict.Code);
        Assert.Equal("wrongState", Assert.Throws<Conflict>(() => story.Apply(new StoryChanges { Status = StoryStatus.Public })).Code);
    }

    [Theory]
    [InlineData("C:\\photos\\team.jpg")]
    [InlineData("../../team.jpg")]
    [InlineData("team.jpg")]
    public void AnAsset_KeepsTheNameAndNoPath(string sent) =>
        Assert.Equal("team.jpg", new StoryAsset(1, sent, "image/jpeg", [1]).FileName);

    [Fact]
    public void AnAsset_IsNeitherEmptyNorOver20Megabytes()
    {
        Assert.Equal("fileSize", Assert.Throws<RuleViolation>(() => new StoryAsset(1, "a", "b/c", [])).Code);
        Assert.Equal("fileSize", Assert.Throws<RuleViolation>(() => new StoryAsset(1, "a", "b/c", new byte[StoryAsset.MaxSize + 1])).Code);
    }
}
