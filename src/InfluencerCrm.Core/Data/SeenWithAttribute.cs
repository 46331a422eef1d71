namespace InfluencerCrm.Core.Data;

/// <summary>
/// States that a row is seen only together with another that it names: a part with its owner, an embargo agreement with its
/// story. An empty reference hides nothing. Enforced by a query filter, so that no key, <c>$expand</c> or <c>any()</c> gets around it.
/// </summary>
/// <param name="owner">The kind of row that is named; its own filters decide.</param>
/// <param name="key">The <c>int</c> member that names it.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true)]
public sealed class SeenWithAttribute(Type owner, string key) : Attribute
{
    public Type Owner { get; } = owner;

    public string Key { get; } = key;
}
