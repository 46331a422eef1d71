namespace InfluencerCrm.Core.Data;

/// <summary>A contained row: it belongs to one owner from its creation on, is reached through it and goes with it.</summary>
public interface IPart
{
    /// <summary>Ties a new row to its owner, which the route names and not the body.</summary>
    void AttachTo(int ownerId);
}
