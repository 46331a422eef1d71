namespace InfluencerCrm.Api.OpenApi;

/// <summary>The record an operation reads from its body; for the description.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class BodyAttribute(Type record) : Attribute
{
    public Type Record { get; } = record;
}

/// <summary>The record an operation answers; for the description.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class AnswerAttribute(Type record) : Attribute
{
    public Type Record { get; } = record;
}
