namespace InfluencerCrm.Core.Audit;

/// <summary>Marks rows that are a record themselves (messages, import rows), or members that are derived (search text).</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Property)]
public sealed class NotAuditedAttribute : Attribute;
