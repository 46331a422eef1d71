namespace InfluencerCrm.Core.Data;

/// <summary>An entity that can be created and changed from one record of optional members: what makes a new entity set cheap.</summary>
/// <typeparam name="TSelf">The entity.</typeparam>
/// <typeparam name="TChanges">Its record; every member is an <see cref="Optional{T}"/>.</typeparam>
public interface IWritable<TSelf, in TChanges>
    where TSelf : class, IWritable<TSelf, TChanges>
{
    /// <summary>A new row; throws when a member that must be there is missing.</summary>
    static abstract TSelf Create(TChanges changes);

    /// <summary>Takes over the members that were sent, and keeps the entity's own rules.</summary>
    void Apply(TChanges changes);
}
