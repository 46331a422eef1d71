using System.Net.Mail;
using InfluencerCrm.Core.Access;
using InfluencerCrm.Core.Audit;
using InfluencerCrm.Core.Data;
using InfluencerCrm.Core.Errors;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace InfluencerCrm.Core.Team;

/// <summary>A member of the team, or a client's reader.</summary>
[Access(Right.Administer)]
public sealed class User : IdentityUser<int>, IRow, IWritable<User, UserChanges>
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
        SecurityStamp = Guid.NewGuid().ToString("N");
    }

    /// <summary>As colleagues see it.</summary>
    public string DisplayName { get; private set; } = "";

    public Role Role { get; private set; }

    /// <summary>False: the user may not sign in and their keys are refused; what they did stays.</summary>
    public bool Active { get; private set; } = true;

    /// <summary>Hash of the secret in the address that logs the user's own mails; null: the user has none.</summary>
    [NotAudited]
    public string? LoggingKey { get; private set; }

    public Guid Version { get; private set; }

    public DateTime CreatedAt { get; private set; }

    public DateTime UpdatedAt { get; private set; }

    /// <summary>As sent, until it is hashed; see <see cref="UserRules"/>.</summary>
    internal Optional<string?> NewPassword { get; private set; }

    public static User Create(UserChanges changes)
    {
        ArgumentNullException.ThrowIfNull(changes);
        var email = changes.Email.Required("email");
        var user = new User(email, changes.DisplayName.Or(email), changes.Role.Required("role"));
        user.Apply(changes);
        return user;
    }

    public void Apply(UserChanges changes)
    {
        ArgumentNullException.ThrowIfNull(changes);
        DisplayName = changes.DisplayName.Or(DisplayName);
        Role = changes.Role.Or(Role);
        Active = changes.Active.Or(Active);
        Email = UserName = changes.Email.Or(Email ?? "")?.Trim();
        if (Email is not { Length: <= 256 } || !MailAddress.TryCreate(Email, out var address) || address.Address != Email)
        {
            throw new RuleViolation("notAnAddress", "email must be an e-mail address.", "email");
        }

        if (changes.Password.IsSet)
        {
            NewPassword = changes.Password;
        }
    }

    internal void LogsBy(string key) => LoggingKey = key;

    internal void KeepPassword(string? hash)
    {
        PasswordHash = hash;
        NewPassword = default;
    }

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
        builder.Property(u => u.DisplayName).HasMaxLength(200);
        builder.Ignore(u => u.NewPassword);
        builder.Property(u => u.LoggingKey).HasMaxLength(64);
        builder.HasIndex(u => u.NormalizedEmail).IsUnique();

        // A mail's logging address leads to its user.
        builder.HasIndex(u => u.LoggingKey).IsUnique();
    }
}
