namespace InfluencerCrm.Api.Idempotency;

/// <summary>The answer shows a secret once, or personal data that are about to go: it is not kept, a repeated request is told where the row is.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class AnswerNotKeptAttribute : Attribute;

/// <summary>Takes no <c>Idempotency-Key</c>: signing in, and replacing the whole database.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class NoIdempotencyKeyAttribute : Attribute;
