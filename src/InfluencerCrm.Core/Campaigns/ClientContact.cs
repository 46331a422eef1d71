using InfluencerCrm.Core.Access;
using InfluencerCrm.Core.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace InfluencerCrm.Core.Campaigns;

/// <summary>A person at the client: who approves, who speaks, whom to call.</summary>
[Access(Right.WritePlans)]
[SeenWith(typeof(Client), nameof(ClientId))]
public sealed class ClientContact : Entity, IPart, IWritable<ClientContact, ClientContactChanges>
{
    private ClientContact()
    {
    }

    public ClientContact(string name) => Name = name;

    public int ClientId { get; private set; }

    /// <summary>The person at the client.</summary>
    public string Name { get; private set; } = "";

    /// <summary>What they do there.</summary>
    public string? Function { get; private set; }

    /// <summary>Their e-mail address.</summary>
    public string? Email { get; private set; }

    /// <summary>Their telephone.</summary>
    public string? Phone { get; private set; }

    public static ClientContact Create(ClientContactChanges changes)
    {
        ArgumentNullException.ThrowIfNull(changes);
        var contact = new ClientContact(changes.Name.Required("name"));
        contact.Apply(changes);
        return contact;
    }

    public void Apply(ClientContactChanges changes)
    {
        ArgumentNullException.ThrowIfNull(changes);
        Name = changes.Name.Or(Name);
        Function = changes.Function.Or(Function);
        Email = changes.Email.Or(Email);
        Phone = changes.Phone.Or(Phone);
    }

    public void AttachTo(int ownerId) => ClientId = ownerId;
}

internal sealed class ClientContactConfiguration : IEntityTypeConfiguration<ClientContact>
{
    public void Configure(EntityTypeBuilder<ClientContact> builder)
    {
        builder.Property(c => c.Name).HasMaxLength(200);
        builder.Property(c => c.Function).HasMaxLength(200);
        builder.Property(c => c.Email).HasMaxLength(320);
        builder.Property(c => c.Phone).HasMaxLength(60);
        builder.HasIndex(c => c.ClientId);
    }
}
