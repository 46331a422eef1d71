namespace InfluencerCrm.Api.OpenApi;

/// <summary>The record an operation reads from its body; for the description and the EDM.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class BodyAttribute(Type record) : Attribute
{
    public Type Record { get; } = record;
}

/// <summary>What an operation answers: a record, an entity, or, where none is named, the row it was called on; for the description and the EDM.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class AnswerAttribute(Type? record = null) : Attribute
{
    public Type? Record { get; } = record;
}
