using System.Text.Json;

namespace InfluencerCrm.Api.Tests.Fuzz;

/// <summary>What every answer must be, whatever was asked.</summary>
internal static class Judge
{
    /// <summary>Words that only a stack trace, or a name of the framework or of our own code, brings into a message. The model's namespace, <c>InfluencerCrm.X</c>, is part of the contract.</summary>
    private static readonly string[] Internals =
    [
        "   at ", "System.", "Microsoft.", "Npgsql", "Sqlite", "SQLite", "EntityFramework", "DbContext", "InfluencerCrm.Core", "InfluencerCrm.Api", "InfluencerCrm.Data", "IQueryable", "LINQ", "Exception", "Newtonsoft", "`1", "Kestrel",
    ];

    /// <summary>Null when it is right, or what is wrong.</summary>
    public static string? Verdict(FuzzRequest request, FuzzAnswer answer)
    {
        if (answer.Status == 0)
        {
            return "the connection ended without an answer";
        }

        if (answer.Status >= 500 && !IsRefusedByTheServer(answer))
        {
            return "a server error";
        }

        return answer.Status < 400 ? OfSuccess(answer) : IsRefusedByTheServer(answer) || request.Method == "HEAD" ? null : OfError(request, answer);
    }

    /// <summary>
    /// What is no HTTP request, or a larger one than Kestrel reads, never reaches the application: Kestrel answers without a body and ends the
    /// connection. It knows which application there is only when it has read a request, so its refusals cannot have our shape.
    /// </summary>
    private static bool IsRefusedByTheServer(FuzzAnswer answer) =>
        answer.Status is 400 or 405 or 408 or 411 or 413 or 414 or 431 or 505 && answer.Body.Length == 0 && answer.Header("OData-Version").Length == 0
        && answer.Header("Connection") == "close" && answer.Header("Content-Length") == "0";

    private static string? OfSuccess(FuzzAnswer answer)
    {
        if (answer.Header("Content-Type").StartsWith("multipart/mixed", StringComparison.OrdinalIgnoreCase))
        {
            return answer.Text.Contains("HTTP/1.1 5", StringComparison.Ordinal) ? "a server error in a part" : null;
        }

        if (answer.Body.Length == 0 || !IsJson(answer))
        {
            return null;
        }

        try
        {
            using var body = JsonDocument.Parse(answer.Content, new JsonDocumentOptions { MaxDepth = 256 });
            return body.RootElement.ValueKind == JsonValueKind.Object && body.RootElement.TryGetProperty("responses", out var parts)
                ? parts.EnumerateArray().Select(OfPart).FirstOrDefault(v => v is not null)
                : null;
        }
        catch (JsonException exception)
        {
            return $"the answer is no JSON: {exception.Message}";
        }
    }

    /// <summary>An answer inside the answer to a batch.</summary>
    private static string? OfPart(JsonElement part) => part.GetProperty("status").GetInt32() switch
    {
        >= 500 => "a server error in a part",
        >= 400 => part.TryGetProperty("body", out var body) ? OfError(body, "") : "an error without a body in a part",
        _ => null,
    };

    private static string? OfError(FuzzRequest request, FuzzAnswer answer)
    {
        if (!IsApi(request))
        {
            return null;
        }

        if (!IsJson(answer))
        {
            return $"an error as \"{answer.Header("Content-Type")}\"";
        }

        try
        {
            using var body = JsonDocument.Parse(answer.Content);
            return OfError(body.RootElement, Uri.UnescapeDataString(request.Target));
        }
        catch (JsonException)
        {
            return "an error that is no JSON";
        }
    }

    private static string? OfError(JsonElement body, string asked)
    {
        if (body.ValueKind != JsonValueKind.Object || !body.TryGetProperty("error", out var error) || error.ValueKind != JsonValueKind.Object || body.EnumerateObject().Count() != 1)
        {
            return "an error in another shape";
        }

        var members = error.EnumerateObject().ToDictionary(m => m.Name, m => m.Value);
        if (members.Count != 4 || TextOf(members, "code") is not { Length: > 0 } code || code == "error" || TextOf(members, "message") is not { Length: > 0 } message
            || members.GetValueOrDefault("details").ValueKind != JsonValueKind.Array || members.GetValueOrDefault("target").ValueKind is not (JsonValueKind.Null or JsonValueKind.String))
        {
            return "an error without a code of its own, a message, target or details";
        }

        // What the client wrote itself may come back to it.
        return Internals.FirstOrDefault(word => message.Contains(word, StringComparison.Ordinal) && !asked.Contains(word, StringComparison.Ordinal)) is { } leak ? $"an error that tells of \"{leak}\"" : null;
    }

    private static string? TextOf(Dictionary<string, JsonElement> members, string name) =>
        members.TryGetValue(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static bool IsJson(FuzzAnswer answer) => answer.Header("Content-Type").StartsWith("application/json", StringComparison.OrdinalIgnoreCase);

    // Other addresses answer people with pages; the server takes the steps up before the application sees a path.
    private static bool IsApi(FuzzRequest request) =>
        !request.Target.Replace("%2e", ".", StringComparison.OrdinalIgnoreCase).Contains("/..", StringComparison.Ordinal) && (request.Target.StartsWith("/odata/", StringComparison.Ordinal) || request.Target.StartsWith("/api/", StringComparison.Ordinal));
}
