using InfluencerCrm.Core.Access;
using InfluencerCrm.Core.Data;
using InfluencerCrm.Core.Team;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace InfluencerCrm.Core.Campaigns;

/// <summary>A user inside a client's wall.</summary>
[Access(Right.WritePlans)]
[SeenWith(typeof(Client), nameof(ClientId))]
public sealed class ClientMember : Entity, IPart, IWritable<ClientMember, ClientMemberChanges>
{
    private ClientMember()
    {
    }

    public ClientMember(int userId, ClientMemberRole role)
    {
        UserId = userId;
        Role = role;
    }

    public int ClientId { get; private set; }

    public int UserId { get; private set; }

    public ClientMemberRole Role { get; private set; } = ClientMemberRole.Member;

    public static ClientMember Create(ClientMemberChanges changes)
    {
        ArgumentNullException.ThrowIfNull(changes);
        return new ClientMember(changes.UserId.Required("userId"), changes.Role.Or(ClientMemberRole.Member));
    }

    public void Apply(ClientMemberChanges changes)
    {
        ArgumentNullException.ThrowIfNull(changes);
        UserId = changes.UserId.Or(UserId);
        Role = changes.Role.Or(Role);
    }

    public void AttachTo(int ownerId) => ClientId = ownerId;
}

internal sealed class ClientMemberConfiguration : IEntityTypeConfiguration<ClientMember>
{
    public void Configure(EntityTypeBuilder<ClientMember> builder)
    {
        builder.HasOne<User>().WithMany().HasForeignKey(m => m.UserId).OnDelete(DeleteBehavior.Restrict);
        builder.HasIndex(m => new { m.ClientId, m.UserId }).IsUnique();

        // Whoever signs in has their clients looked up.
        builder.HasIndex(m => m.UserId);
    }
}
