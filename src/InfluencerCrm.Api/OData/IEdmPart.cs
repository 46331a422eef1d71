namespace InfluencerCrm.Api.OData;

/// <summary>A feature's share of the EDM; each feature folder has one, found by scanning.</summary>
internal interface IEdmPart
{
    void Describe(EdmBuilder edm);
}
