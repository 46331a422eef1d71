using InfluencerCrm.Core.Access;
using InfluencerCrm.Core.Data;
using InfluencerCrm.Core.Errors;
using Microsoft.EntityFrameworkCore;

namespace InfluencerCrm.Core.Team;

/// <summary>The one place where a user comes to be without anybody having signed in: only while there is none.</summary>
internal static class FirstUser
{
    /// <summary>Must run in a transaction.</summary>
    /// <exception cref="Conflict">There is a user already.</exception>
    public static async Task<User> CreateAsync(CrmDbContext db, IEnumerable<IRowRule<User>> rules, UserChanges changes, CancellationToken ct)
    {
        if (await db.Users.AnyAsync(ct))
        {
            throw new Conflict("alreadySetUp", "There is a user already; sign in, or ask an admin for an account.");
        }

        var user = User.Create(changes with { Role = Role.Admin, Active = true });
        db.Add(user);
        foreach (var rule in rules)
        {
            await rule.CheckAsync(user, ct);
        }

        return user;
    }
}
