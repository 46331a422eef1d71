using InfluencerCrm.Api.Idempotency;
using InfluencerCrm.Api.OData;
using InfluencerCrm.Api.OpenApi;
using InfluencerCrm.Core.Inbound.ByHand;
using InfluencerCrm.Core.Team;
using Microsoft.AspNetCore.Mvc;

namespace InfluencerCrm.Api.Team;

/// <summary>Members of the team, and clients' readers.</summary>
public sealed class UsersController(RotateLoggingAddress rotate) : WriteController<User, UserChanges>
{
    /// <summary>An address that logs a user's own mails.</summary>
    /// <param name="Address">To be put into Bcc of mails sent by hand; it is shown this once.</param>
    internal sealed record LoggingAddressRecord(string Address);

    /// <summary>Makes a new secret address in place of the user's old one, and shows it once: a mail with it in Bcc enters the history of the people in To and Cc. For oneself, or by an admin.</summary>
    [HttpPost]
    [Answer(typeof(LoggingAddressRecord))]
    [AnswerNotKept]
    public async Task<IActionResult> RotateLoggingAddress(int key, CancellationToken ct) => new JsonResult(new LoggingAddressRecord(await rotate.ExecuteAsync(key, ct)), RequestBody.Json);
}

/// <summary>Keys of tools. The key itself is answered once, when it is made.</summary>
public sealed class ApiKeysController(CreateApiKey create, RevokeApiKey revoke) : ReadController<ApiKey>
{
    /// <summary>What a new key is answered with.</summary>
    /// <param name="Id">Key of the row.</param>
    /// <param name="UserId">Whose it is.</param>
    /// <param name="Name">What it is for.</param>
    /// <param name="Prefix">How it begins, so that it can be told from others.</param>
    /// <param name="Scopes">What it may be used for.</param>
    /// <param name="ExpiresAt">From then on it opens nothing.</param>
    /// <param name="Key">The key; it is shown this once.</param>
    internal sealed record NewKeyRecord(int Id, int UserId, string Name, string? Prefix, IEnumerable<string> Scopes, DateTime? ExpiresAt, string Key);

    /// <summary>Makes a key and shows it once.</summary>
    [HttpPost]
    [Body(typeof(CreateApiKeyRequest))]
    [Answer(typeof(NewKeyRecord))]
    [AnswerNotKept]
    public async Task<IActionResult> Post(CancellationToken ct)
    {
        var request = await RequestBody.ReadAsync<CreateApiKeyRequest>(Request, null, ct);
        var made = await create.ExecuteAsync(request, ct);
        Response.Headers.Location = $"{Request.Scheme}://{Request.Host}{Request.PathBase}/odata/apiKeys({made.Row.Id})";
        Response.Headers.ETag = EntityTags.Of(made.Row.Version);
        return new JsonResult(
            new NewKeyRecord(made.Row.Id, made.Row.UserId, made.Row.Name, made.Row.Prefix, KeyScopesJson.Names(made.Row.Scopes), made.Row.ExpiresAt, made.Key), RequestBody.Json)
        { StatusCode = 201 };
    }

    /// <summary>Revokes a key: from now on it opens nothing. The row stays.</summary>
    [HttpDelete]
    public async Task<IActionResult> Delete(int key, CancellationToken ct)
    {
        await revoke.ExecuteAsync(key, EntityTags.Required(Request), ct);
        return NoContent();
    }
}
