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

    /// <summary>A key that came with an archive, in the form in which it will be kept. Opens no connection of the context.</summary>
    /// <exception cref="Malformed">It is no key.</exception>
    /// <exception cref="Conflict">Another one is configured.</exception>
    internal ReceivedKey Received(string base64)
    {
        var key = new byte[(base64.Length / 4 * 3) + 3];
        if (!Convert.TryFromBase64String(base64, key, out var length) || length < Privacy.AddressHash.KeyLength)
        {
            throw new Malformed("archiveBroken", "The archive's key of address hashes is no key. Nothing was taken in.");
        }

        key = key[..length];
        return options.Value.AddressHashKey is { Length: > 0 } configured && !key.AsSpan().SequenceEqual(Convert.FromBase64String(configured))
            ? throw new Conflict("archiveKeyDiffers", "Privacy__AddressHashKey is not the archive's key: people who were erased would be forgotten. Remove the setting, or set it to the key in the archive's keys.json. Nothing was taken in.")
            : new ReceivedKey(key, _protector.Protect(Convert.ToBase64String(key)));
    }

    /// <summary>Keeps it in the place of the one there was, in the transaction that is open.</summary>
    internal async Task KeepAsync(ReceivedKey key, CancellationToken ct)
    {
        await db.KeptSecrets.Where(s => s.Name == Name).DeleteRowsAsync(ct);
        db.Add(new KeptSecret(Name, key.Protected));
        await db.SaveChangesAsync(ct);
    }

    /// <summary>After that transaction.</summary>
    internal void Use(ReceivedKey key) => hash.UseKey(key.Key);

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

/// <summary>A key from elsewhere.</summary>
/// <param name="Protected">As this installation keeps it.</param>
internal sealed record ReceivedKey(byte[] Key, string Protected);
