namespace InfluencerCrm.Core.Errors;

/// <summary>What a use case throws when it cannot do what was asked; each kind has one HTTP status.</summary>
public abstract class CrmError : Exception
{
    protected CrmError(string code, string message, string? target = null, IReadOnlyList<ErrorDetail>? details = null)
        : base(message)
    {
        Code = code;
        Target = target;
        Details = details ?? [];
    }

    /// <summary>Stable slug, explained in <c>api-docs/errors.md</c>.</summary>
    public string Code { get; }

    /// <summary>The member of the body it is about.</summary>
    public string? Target { get; private set; }

    public IReadOnlyList<ErrorDetail> Details { get; private set; }

    /// <summary>Says that what was refused stands inside a larger body: <c>participants[1]</c>.</summary>
    public void Inside(string path)
    {
        Target = Within(Target, path);
        Details = [.. Details.Select(d => d with { Target = Within(d.Target, path) })];
    }

    private static string Within(string? target, string path) => string.IsNullOrEmpty(target) ? path : $"{path}.{target}";
}

/// <summary>The row does not exist, or the actor may not see it (404).</summary>
public sealed class NotFound(string what, object? key = null)
    : CrmError("notFound", key is null ? $"There is no such {what}." : $"There is no {what} {key}, or you may not see it.");

/// <summary>The request contradicts what is there: a duplicate, or the wrong state (409).</summary>
public sealed class Conflict(string code, string message, string? target = null, IReadOnlyList<ErrorDetail>? details = null)
    : CrmError(code, message, target, details);

/// <summary>The request is well formed but breaks a rule, or names a row that is not there (422).</summary>
public sealed class RuleViolation(string code, string message, string? target = null, IReadOnlyList<ErrorDetail>? details = null)
    : CrmError(code, message, target, details ?? (target is null ? null : [new ErrorDetail(code, message, target)]))
{
    public static RuleViolation Of(IReadOnlyList<ErrorDetail> details)
    {
        ArgumentNullException.ThrowIfNull(details);
        return details.Count == 1
            ? new RuleViolation(details[0].Code, details[0].Message, details[0].Target, details)
            : new RuleViolation("invalid", $"{details.Count} members are not valid: {string.Join("; ", details.Take(5).Select(d => d.Message))}", null, details);
    }
}

/// <summary>The row was changed by somebody else since it was read (412).</summary>
public sealed class VersionMismatch()
    : CrmError("versionMismatch", "The row was changed since you read it. Read it again and repeat your change.");

/// <summary>The actor is known but may not do this (403).</summary>
public sealed class Forbidden(string message) : CrmError("forbidden", message);

/// <summary>The person was erased on request; nothing is left to show (410).</summary>
public sealed class Erased(string message = "This person was erased; nothing is held on them any more.") : CrmError("erased", message);

/// <summary>The request cannot be read (400).</summary>
public sealed class Malformed(string code, string message, string? target = null, IReadOnlyList<ErrorDetail>? details = null)
    : CrmError(code, message, target, details ?? (target is null ? null : [new ErrorDetail(code, message, target)]));

/// <summary>More was sent than is taken (413).</summary>
public sealed class TooLarge(string message, string? target = null) : CrmError("tooLarge", message, target);
