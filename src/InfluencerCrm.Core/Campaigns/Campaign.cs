using InfluencerCrm.Core.Access;
using InfluencerCrm.Core.Data;
using InfluencerCrm.Core.Errors;
using InfluencerCrm.Core.Influencers;

namespace InfluencerCrm.Core.Campaigns;

/// <summary>A plan for a client: brief, decision, objectives, key messages, dates. A confidential one exists only for its members and admins.</summary>
[Access(Right.WritePlans)]
public sealed class Campaign : Entity, IWritable<Campaign, CampaignChanges>, IClientOwned
{
    private Campaign()
    {
    }

    public Campaign(string name, int? clientId)
    {
        Name = name;
        ClientId = clientId;
    }

    public int? ClientId { get; private set; }

    public Client? Client { get; private set; }

    /// <summary>What the team calls it.</summary>
    public string Name { get; private set; } = "";

    public CampaignStatus Status { get; private set; }

    public CampaignDecision? Decision { get; private set; }

    /// <summary>Why it was decided so.</summary>
    public string? DecisionReason { get; private set; }

    public RelationshipAim? Aim { get; private set; }

    public CampaignIntention? Intention { get; private set; }

    public CampaignRegister? Register { get; private set; }

    /// <summary>Whom it is to reach.</summary>
    public string? Who { get; private set; }

    /// <summary>What is to be said.</summary>
    public string? What { get; private set; }

    /// <summary>Regions, outlets or platforms.</summary>
    public string? Where { get; private set; }

    /// <summary>The timetable in words.</summary>
    public string? When { get; private set; }

    /// <summary>The means.</summary>
    public string? How { get; private set; }

    /// <summary>The effort in words.</summary>
    public string? HowMuch { get; private set; }

    /// <summary>The purpose.</summary>
    public string? Why { get; private set; }

    /// <summary>Begin of the campaign.</summary>
    public DateTime? StartsAt { get; private set; }

    /// <summary>End of the campaign; not before its begin.</summary>
    public DateTime? EndsAt { get; private set; }

    /// <summary>Only its members and admins see it, and whatever bears its id.</summary>
    public bool Confidential { get; private set; }

    /// <summary>The user who leads it; counts as a member.</summary>
    public int? LeadId { get; private set; }

    /// <summary>Amount in the agency's currency.</summary>
    public decimal? Budget { get; private set; }

    /// <summary>Value of <c>utm_campaign</c> in links of its mails.</summary>
    public string? UtmCampaign { get; private set; }

    public List<CampaignObjective> Objectives { get; private set; } = [];

    public List<KeyMessage> KeyMessages { get; private set; } = [];

    public List<CampaignMember> Members { get; private set; } = [];

    public static Campaign Create(CampaignChanges changes)
    {
        ArgumentNullException.ThrowIfNull(changes);
        var campaign = new Campaign(changes.Name.Required("name"), changes.ClientId.Or(null));
        campaign.Apply(changes);
        return campaign;
    }

    public void Apply(CampaignChanges changes)
    {
        ArgumentNullException.ThrowIfNull(changes);
        ClientId = changes.ClientId.Or(ClientId);
        Name = changes.Name.Or(Name);
        Status = changes.Status.Or(Status);
        Decision = changes.Decision.Or(Decision);
        DecisionReason = changes.DecisionReason.Or(DecisionReason);
        Aim = changes.Aim.Or(Aim);
        Intention = changes.Intention.Or(Intention);
        Register = changes.Register.Or(Register);
        Who = changes.Who.Or(Who);
        What = changes.What.Or(What);
        Where = changes.Where.Or(Where);
        When = changes.When.Or(When);
        How = changes.How.Or(How);
        HowMuch = changes.HowMuch.Or(HowMuch);
        Why = changes.Why.Or(Why);
        StartsAt = Check.Utc(changes.StartsAt.Or(StartsAt));
        EndsAt = Check.Utc(changes.EndsAt.Or(EndsAt));
        Confidential = changes.Confidential.Or(Confidential);
        LeadId = changes.LeadId.Or(LeadId);
        Budget = changes.Budget.Or(Budget);
        UtmCampaign = changes.UtmCampaign.Or(UtmCampaign);
        if (EndsAt < StartsAt)
        {
            throw new RuleViolation("endsBeforeStart", "A campaign cannot end before it starts.", "endsAt");
        }

        if (Budget < 0)
        {
            throw new RuleViolation("outOfRange", "budget must not be negative.", "budget");
        }
    }
}
