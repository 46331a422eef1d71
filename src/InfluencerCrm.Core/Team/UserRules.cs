using InfluencerCrm.Core.Access;
using InfluencerCrm.Core.Data;
using InfluencerCrm.Core.Errors;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace InfluencerCrm.Core.Team;

/// <summary>Passwords are kept as hashes, addresses are unique whatever their case, sessions end when what they stand on changes, and an admin is left.</summary>
public sealed class UserRules(CrmDbContext db, IPasswordHasher<User> hasher, ILookupNormalizer normalizer) : IRowRule<User>
{
    private const int ShortestPassword = 8;

    private const int LongestPassword = 200;

    public async Task CheckAsync(User row, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(row);
        row.NormalizedEmail = normalizer.NormalizeEmail(row.Email);
        row.NormalizedUserName = normalizer.NormalizeName(row.UserName);
        row.LockoutEnabled = true;
        if (await db.Users.AnyAsync(u => u.NormalizedEmail == row.NormalizedEmail && u.Id != row.Id, ct))
        {
            throw new Conflict("duplicate", "Another user has this e-mail address.", "email");
        }

        var sessionsEnd = row.NewPassword.IsSet;
        if (row.NewPassword is { IsSet: true, Value: var password })
        {
            row.KeepPassword(password is null ? null : hasher.HashPassword(row, Checked(password)));
        }

        var entry = db.Entry(row);
        if (entry.State != EntityState.Added)
        {
            var role = entry.Property(u => u.Role);
            var active = entry.Property(u => u.Active);
            sessionsEnd |= role.OriginalValue != role.CurrentValue || active.OriginalValue != active.CurrentValue;
            if (role.OriginalValue == Role.Admin && active.OriginalValue && (row.Role != Role.Admin || !row.Active))
            {
                await RequireAnotherAdminAsync(row, ct);
            }
        }

        if (sessionsEnd)
        {
            row.SecurityStamp = Guid.NewGuid().ToString("N");
        }
    }

    public Task CheckDeleteAsync(User row, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(row);
        return row is { Role: Role.Admin, Active: true } ? RequireAnotherAdminAsync(row, ct) : Task.CompletedTask;
    }

    private static string Checked(string password) => password.Length is >= ShortestPassword and <= LongestPassword
        ? password
        : throw new RuleViolation("weakPassword", $"A password has {ShortestPassword} to {LongestPassword} characters.", "password");

    private async Task RequireAnotherAdminAsync(User row, CancellationToken ct)
    {
        if (!await db.Users.AnyAsync(u => u.Role == Role.Admin && u.Active && u.Id != row.Id, ct))
        {
            throw new Conflict("lastAdmin", "This is the last active admin; make another one first.");
        }
    }
}
