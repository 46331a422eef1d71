using InfluencerCrm.Core.Access;
using InfluencerCrm.Core.Data;
using InfluencerCrm.Core.Influencers;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore;

namespace InfluencerCrm.Core.SendOuts;

/// <summary>The mail in another language or form of address; the best match for a recipient is taken, else the send-out's own templates.</summary>
[Access(Right.WritePlans)]
[SeenWith(typeof(SendOut), nameof(SendOutId))]
public sealed class SendOutVariant : Entity, IPart, IWritable<SendOutVariant, SendOutVariantChanges>
{
    private SendOutVariant()
    {
    }

    public SendOutVariant(string subjectTemplate, string bodyTemplate)
    {
        SubjectTemplate = subjectTemplate;
        BodyTemplate = bodyTemplate;
    }

    public int SendOutId { get; private set; }

    /// <summary>BCP 47; empty: for any language.</summary>
    public string? Language { get; private set; }

    /// <summary>Empty: for both forms of address.</summary>
    public Formality? Formality { get; private set; }

    /// <summary>Liquid.</summary>
    public string SubjectTemplate { get; private set; } = "";

    /// <summary>Markdown with Liquid.</summary>
    public string BodyTemplate { get; private set; } = "";

    public static SendOutVariant Create(SendOutVariantChanges changes)
    {
        ArgumentNullException.ThrowIfNull(changes);
        var variant = new SendOutVariant(changes.SubjectTemplate.Required("subjectTemplate"), changes.BodyTemplate.Required("bodyTemplate"));
        variant.Apply(changes);
        return variant;
    }

    public void Apply(SendOutVariantChanges changes)
    {
        ArgumentNullException.ThrowIfNull(changes);
        Language = Check.Language(changes.Language.Or(Language), "language");
        Formality = changes.Formality.Or(Formality);
        SubjectTemplate = changes.SubjectTemplate.Or(SubjectTemplate);
        BodyTemplate = changes.BodyTemplate.Or(BodyTemplate);
    }

    public void AttachTo(int ownerId) => SendOutId = ownerId;
}

internal sealed class SendOutVariantConfiguration : IEntityTypeConfiguration<SendOutVariant>
{
    public void Configure(EntityTypeBuilder<SendOutVariant> builder)
    {
        builder.Property(v => v.Language).HasMaxLength(35);
        builder.Property(v => v.SubjectTemplate).HasMaxLength(1000);
        builder.Property(v => v.BodyTemplate).HasMaxLength(100_000);
        builder.HasIndex(v => v.SendOutId);
    }
}
