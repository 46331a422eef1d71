using InfluencerCrm.Core.Errors;
using InfluencerCrm.Core.MediaLists;

namespace InfluencerCrm.Core.Tests.MediaLists;

public sealed class MediaListTests
{
    [Fact]
    public void ADynamicListNeedsAFilter_AndAStaticOneHasNone()
    {
        Assert.Equal("filter", Assert.Throws<RuleViolation>(() => MediaList.Create(new MediaListChanges { Name = "L", Kind = MediaListKind.Dynamic })).Target);
        Assert.Equal("filter", Assert.Throws<RuleViolation>(() => MediaList.Create(new MediaListChanges { Name = "L", Filter = "vip" })).Target);
        Assert.Equal("vip", MediaList.Create(new MediaListChanges { Name = "L", Kind = MediaListKind.Dynamic, Filter = "vip" }).Filter);
    }
}
