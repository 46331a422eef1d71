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

/// <summary>A word of the query that an address outside the EDM takes; for the description.</summary>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
internal sealed class QueryWordAttribute(string name, string text) : Attribute
{
    public string Name { get; } = name;

    public string Text { get; } = text;

    /// <summary>What it looks like.</summary>
    public string? Example { get; init; }

    /// <summary>The words it may be; null: any text.</summary>
    public string[]? Words { get; init; }
}

/// <summary>A part of a form beside the file; for the description.</summary>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
internal sealed class FormPartAttribute(string name, string text) : Attribute
{
    public string Name { get; } = name;

    public string Text { get; } = text;
}
