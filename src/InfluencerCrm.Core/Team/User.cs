using InfluencerCrm.Core.Access;
using InfluencerCrm.Core.Audit;
using InfluencerCrm.Core.Data;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace InfluencerCrm.Core.Team;

/// <summary>A member of the team, or a client's reader.</summary>
[Access(Right.Administer)]
public sealed class User : IdentityUser<int>, IRow
{
    private User()
    {
    }

    public User(string email, string displayName, Role role)
    {
        Email = email;
        UserName = email;
        DisplayName = displayName;
        Role = role;
    }

    public string DisplayName { get; private set; } = "";

    public Role Role { get; private set; }

    /// <summary>False: the user may not sign in and their keys are refused; what they did stays.</summary>
    public bool Active { get; private set; } = true;

    public Guid Version { get; private set; }

    public DateTime CreatedAt { get; private set; }

    public DateTime UpdatedAt { get; private set; }

    // Identity keeps these; they are no business of the audit.
    [NotAudited]
    public override string? PasswordHash { get => base.PasswordHash; set => base.PasswordHash = value; }

    [NotAudited]
    public override string? SecurityStamp { get => base.SecurityStamp; set => base.SecurityStamp = value; }

    [NotAudited]
    public override string? ConcurrencyStamp { get => base.ConcurrencyStamp; set => base.ConcurrencyStamp = value; }
}

internal sealed class UserConfiguration : IEntityTypeConfiguration<User>
{
    public void Configure(EntityTypeBuilder<User> builder)
    {
        builder.ToTable("Users");
        builder.HasIndex(u => u.NormalizedEmail).IsUnique();
    }
}
