using InfluencerCrm.Core.Audit;
using InfluencerCrm.Core.Coverage;
using InfluencerCrm.Core.Imports;
using InfluencerCrm.Core.Inbound;
using InfluencerCrm.Core.Influencers;
using InfluencerCrm.Core.Interactions;
using InfluencerCrm.Core.MediaLists;
using InfluencerCrm.Core.Outlets;
using InfluencerCrm.Core.Platforms;
using InfluencerCrm.Core.Privacy;
using InfluencerCrm.Core.Requests;
using InfluencerCrm.Core.SendOuts;
using InfluencerCrm.Core.Stories;
using InfluencerCrm.Core.Tasks;
using InfluencerCrm.Core.Watch;
using InfluencerCrm.Core.Webhooks;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace InfluencerCrm.Core.Dossiers;

/// <summary>One kind of rows in a dossier.</summary>
/// <param name="Name">In the document: the table's name in camel case.</param>
/// <param name="About">A sentence for the person concerned.</param>
/// <param name="Owner">The member that names the person, or for parts of parts the row they belong to.</param>
/// <param name="OwnerEntity">Null: the owner is the person.</param>
internal sealed record DossierPart(IEntityType Entity, string Name, string About, string Owner, IEntityType? OwnerEntity = null);

/// <summary>Which rows are about a person: whatever the model gives an <c>InfluencerId</c>, so that a new entity is in the dossier by being there.</summary>
internal static class DossierParts
{
    public const string Owner = "InfluencerId";

    /// <summary>What stands over a part that nobody has described yet; a test finds it.</summary>
    public const string Undescribed = "Other entries that name you.";

    private static readonly Dictionary<Type, string> Sentences = new()
    {
        [typeof(ContactPoint)] = "The addresses and numbers we hold for you, where each comes from, and whether mail to it arrives.",
        [typeof(Affiliation)] = "The outlets you work or worked for, as far as we know, and in which role.",
        [typeof(InfluencerTopic)] = "The topics we think you cover or avoid; the weight says how sure we are, the source says why.",
        [typeof(Presence)] = "Your public accounts on platforms.",
        [typeof(PresenceMeasurement)] = "Public figures of these accounts over time.",
        [typeof(Relationship)] = "How far our clients' relationship with you has come, and who looks after it.",
        [typeof(Interaction)] = "Calls, meetings, mails and notes we logged with you, with what was said.",
        [typeof(InteractionParticipant)] = "Meetings and calls with others in which you took part.",
        [typeof(Message)] = "Mails we prepared for you or sent to you, with the values that were written into them.",
        [typeof(InboundMail)] = "Mails that came from you or about your addresses: what they were, what you wrote, and what we made of it.",
        [typeof(MediaListMember)] = "The lists you are on, with what was noted there for you alone.",
        [typeof(CoveragePiece)] = "Published pieces of which you are the first author, as far as we know.",
        [typeof(CoverageAuthor)] = "Published pieces of which you are one of the authors.",
        [typeof(PressRequest)] = "Questions you asked us, and our answers.",
        [typeof(CrmTask)] = "What our team still has to do, or did, that concerns you.",
        [typeof(EmbargoAgreement)] = "Embargoes you were asked to keep, and what you answered.",
        [typeof(Promise)] = "What we promised you: exclusives, interviews, answers.",
        [typeof(Suppression)] = "Your oppositions: to whom your addresses must not be written, since when and why.",
        [typeof(Feed)] = "Public feeds of yours that we read.",
        [typeof(WebhookDelivery)] = "What other tools of ours were told about you: that something happened, not what.",
        [typeof(ImportRow)] = "Rows of files from which we took, or refused, data about you.",
        [typeof(AuditEntry)] = "Who of us created, changed or deleted entries about you, and when.",
    };

    /// <summary>Rows that go with a part but say nothing of the person: whom a piece mentions is about our clients.</summary>
    internal static readonly Type[] NotAboutThePerson = [typeof(CoverageMention)];

    public static IReadOnlyList<DossierPart> Of(IModel model)
    {
        var parts = model.GetEntityTypes().Where(e => e.FindProperty(Owner) is not null).Select(e => PartOf(e, Owner, null)).ToList();
        var covered = parts.ConvertAll(p => p.Entity);

        // What is deleted with a part is a part of it.
        parts.AddRange(
            from entity in model.GetEntityTypes()
            where !covered.Contains(entity) && !NotAboutThePerson.Contains(entity.ClrType)
            from key in entity.GetForeignKeys()
            where key is { DeleteBehavior: DeleteBehavior.Cascade, Properties.Count: 1 } && covered.Contains(key.PrincipalEntityType)
            select PartOf(entity, key.Properties[0].Name, key.PrincipalEntityType));
        var order = Sentences.Keys.ToList();
        return [.. parts.OrderBy(p => order.IndexOf(p.Entity.ClrType) is var at and >= 0 ? at : int.MaxValue).ThenBy(p => p.Name, StringComparer.Ordinal)];
    }

    /// <summary>Where other people's rows name the person: who stands in for whom, to whom somebody was redirected. Only that they do leaves, not those people's data.</summary>
    public static IReadOnlyList<(IEntityType Entity, string Member)> MentionsOf(IModel model) =>
    [
        .. from entity in model.GetEntityTypes()
           from key in entity.GetForeignKeys()
           where key.PrincipalEntityType.ClrType == typeof(Influencer) && key.Properties is [{ } property] && property.Name != Owner
           select (entity, key.Properties[0].Name),
    ];

    private static DossierPart PartOf(IEntityType entity, string owner, IEntityType? ownerEntity) =>
        new(entity, Data.Words.Camel(entity.GetTableName()!), Sentences.GetValueOrDefault(entity.ClrType, Undescribed), owner, ownerEntity);
}
