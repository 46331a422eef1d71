namespace InfluencerCrm.Core.Errors;

/// <summary>One reason inside an error: what is wrong, and with which member of the request.</summary>
/// <param name="Code">Stable slug, explained in <c>api-docs/errors.md</c>.</param>
/// <param name="Message">A sentence for a person.</param>
/// <param name="Target">The member concerned, as the API names it (<c>deadlineAt</c>); null for the whole.</param>
public sealed record ErrorDetail(string Code, string Message, string? Target = null);
