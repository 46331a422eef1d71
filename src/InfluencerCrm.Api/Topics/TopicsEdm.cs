using InfluencerCrm.Api.OData;
using InfluencerCrm.Core.Topics;

namespace InfluencerCrm.Api.Topics;

internal sealed class TopicsEdm : IEdmPart
{
    public void Describe(EdmBuilder edm) =>
        edm.Set<Topic>("topics", t => new { t.Name, t.ParentId, t.Names, t.Keywords }).Links(t => new { t.Parent, t.Children });
}
