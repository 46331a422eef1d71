using System.Security.Cryptography;
using InfluencerCrm.Core.Data;
using InfluencerCrm.Core.Errors;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace InfluencerCrm.Core.Privacy;

/// <summary>Gives the address hash its key when the host starts: the configured one, or the one kept in the database, made if there is none.</summary>
public sealed class LoadAddressHashKey(CrmDbContext db, IDataProtectionProvider protection, IOptions<PrivacyOptions> options, AddressHash hash, DatabaseErrors errors)
{
    private const string Name = "addressHash";

    private readonly IDataProtector _protector = protection.CreateProtector("KeptSecret");

    public async Task ExecuteAsync(CancellationToken ct) =>
        hash.UseKey(Convert.FromBase64String(options.Value.AddressHashKey is { Length: > 0 } configured ? configured : _protector.Unprotect(await KeptAsync(ct))));

    private async Task<string> KeptAsync(CancellationToken ct)
    {
        if (await ReadAsync(ct) is { } kept)
        {
            return kept;
        }

        var made = new KeptSecret(Name, _protector.Protect(Convert.ToBase64String(RandomNumberGenerator.GetBytes(Privacy.AddressHash.KeyLength))));
        db.Add(made);
        try
        {
            await errors.TranslateAsync<KeptSecret>(() => db.SaveChangesAsync(ct));
            return made.ProtectedValue;
        }
        catch (Conflict)
        {
            // Another host that starts at this moment was first; its key is the key.
            db.Entry(made).State = EntityState.Detached;
            return (await ReadAsync(ct))!;
        }
    }

    private Task<string?> ReadAsync(CancellationToken ct) =>
        db.KeptSecrets.Where(s => s.Name == Name).Select(s => s.ProtectedValue).FirstOrDefaultAsync(ct);
}
