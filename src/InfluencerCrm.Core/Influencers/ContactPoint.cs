using InfluencerCrm.Core.Access;
using InfluencerCrm.Core.Audit;
using InfluencerCrm.Core.Data;
using InfluencerCrm.Core.Errors;
using InfluencerCrm.Core.Outlets;

namespace InfluencerCrm.Core.Influencers;

/// <summary>One address of a person or outlet, with what it is for, where it comes from and what is known of it.</summary>
[Access(Right.WriteContacts)]
public sealed class ContactPoint : Entity, IWritable<ContactPoint, ContactPointChanges>
{
    private ContactPoint()
    {
    }

    public ContactPoint(ContactKind kind, string value)
    {
        Kind = kind;
        SetValue(value);
    }

    public int? InfluencerId { get; private set; }

    public Influencer? Influencer { get; private set; }

    public int? OutletId { get; private set; }

    public Outlet? Outlet { get; private set; }

    /// <summary>The role at an outlet this address goes with; when it ends, so does the address.</summary>
    public int? AffiliationId { get; private set; }

    public ContactKind Kind { get; private set; }

    /// <summary>The address itself, as its kind writes it.</summary>
    public string Value { get; private set; } = "";

    public ContactLabel? Label { get; private set; }

    public ContactUse Use { get; private set; }

    /// <summary>An address several people read (a newsroom's); it tells nobody apart.</summary>
    public bool Shared { get; private set; }

    /// <summary>The one that is used first among those of its kind.</summary>
    public bool Primary { get; private set; }

    public EmailStatus Status { get; private set; }

    /// <summary>Where it is known from.</summary>
    public string? Source { get; private set; }

    /// <summary>When somebody last made sure that it is right.</summary>
    public DateTime? VerifiedAt { get; private set; }

    /// <summary>The e-mail address in the form in which addresses are compared.</summary>
    [NotAudited]
    public string? AddressKey { get; private set; }

    /// <summary>The same, only where no other person may have it: a unique index over it holds on all three databases.</summary>
    [NotAudited]
    public string? UniqueAddressKey { get; private set; }

    public static ContactPoint Create(ContactPointChanges changes)
    {
        ArgumentNullException.ThrowIfNull(changes);
        var point = new ContactPoint(changes.Kind.Required("kind"), changes.Value.Required("value"));
        point.Apply(changes);
        if (!changes.Use.IsSet && point.Label == ContactLabel.Private)
        {
            point.Use = ContactUse.PersonalOnly;
        }

        return point;
    }

    /// <summary>An address that an import brings for a person, new or known.</summary>
    internal static ContactPoint Imported(ContactKind kind, string value, bool shared, bool primary, string? source)
    {
        var point = new ContactPoint { Kind = kind, Shared = shared, Primary = primary, Source = source };
        point.SetValue(value);
        return point;
    }

    public void Apply(ContactPointChanges changes)
    {
        ArgumentNullException.ThrowIfNull(changes);
        InfluencerId = Check.Owner(InfluencerId, changes.InfluencerId, "influencerId");
        OutletId = Check.Owner(OutletId, changes.OutletId, "outletId");
        AffiliationId = changes.AffiliationId.Or(AffiliationId);
        Kind = changes.Kind.Or(Kind);
        SetValue(changes.Value.Or(Value));
        Label = changes.Label.Or(Label);
        Use = changes.Use.Or(Use);
        Shared = changes.Shared.Or(Shared);
        Primary = changes.Primary.Or(Primary);
        Status = changes.Status.Or(Status);
        Source = changes.Source.Or(Source);
        VerifiedAt = Check.Utc(changes.VerifiedAt.Or(VerifiedAt));
        Key();
    }

    public void BelongTo(int influencerId)
    {
        InfluencerId = influencerId;
        Key();
    }

    public void BelongToOutlet(int outletId)
    {
        OutletId = outletId;
        Key();
    }

    /// <summary>Puts another address in the place of this one: what was known of the old one does not hold for it.</summary>
    internal void Replace(string value)
    {
        SetValue(value);
        Status = EmailStatus.Unknown;
        VerifiedAt = null;
        Key();
    }

    internal void MakePrimary(bool primary) => Primary = primary;

    internal void Mark(EmailStatus status) => Status = status;

    /// <summary>Called for a point that is added to a person who has no key yet.</summary>
    internal ContactPoint OfNewPerson(Influencer person)
    {
        Influencer = person;
        Key();
        return this;
    }

    /// <summary>Derives the keys again, whoever set the owner.</summary>
    internal void Settle() => Key();

    private void SetValue(string value)
    {
        Value = value?.Trim() ?? "";
        Key();
    }

    private void Key()
    {
        AddressKey = null;
        if (Kind == ContactKind.Email)
        {
            AddressKey = Influencers.AddressKey.TryParse(Value, out var key, out var reason)
                ? key
                : throw new RuleViolation("notAnAddress", $"\"{Value}\" is no e-mail address: {reason}", "value");
        }

        UniqueAddressKey = !Shared && (InfluencerId is not null || Influencer is not null) ? AddressKey : null;
    }
}
