namespace InfluencerCrm.Core.Access;

/// <summary>States on an entity which right reading and writing its rows takes.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class AccessAttribute(Right write) : Attribute
{
    public Right Write { get; } = write;

    public Right Read { get; init; } = Right.Read;
}
