using InfluencerCrm.Core.Access;
using InfluencerCrm.Core.Audit;
using InfluencerCrm.Core.Data;
using InfluencerCrm.Core.Errors;

namespace InfluencerCrm.Core.SendOuts;

/// <summary>Whether an account sends.</summary>
public enum SenderAccountState
{
    Active,
    Paused,

    /// <summary>The server refuses it: wrong credentials, blocked.</summary>
    Failing,
}

/// <summary>An address mails leave from, with its server's credentials and its pace.</summary>
[Access(Right.Administer)]
public sealed class SenderAccount : Entity, IWritable<SenderAccount, SenderAccountChanges>
{
    private SenderAccount()
    {
    }

    public SenderAccount(string name, string fromAddress)
    {
        Name = name;
        FromAddress = fromAddress;
    }

    /// <summary>What the team calls it.</summary>
    public string Name { get; private set; } = "";

    /// <summary>Sender's name in mails.</summary>
    public string? FromName { get; private set; }

    /// <summary>Sender's address in mails.</summary>
    public string FromAddress { get; private set; } = "";

    /// <summary>Clients it may send for; empty: any.</summary>
    public List<int> ClientIds { get; private set; } = [];

    /// <summary>Users who may send with it; empty: any who may send.</summary>
    public List<int> UserIds { get; private set; } = [];

    /// <summary>Mails a minute at most.</summary>
    public int? PerMinute { get; private set; }

    /// <summary>Mails a day at most.</summary>
    public int? PerDay { get; private set; }

    public SenderAccountState State { get; private set; }

    /// <summary>Empty: the server of the configuration.</summary>
    public string? Host { get; private set; }

    /// <summary>Of the mail server.</summary>
    public int? Port { get; private set; }

    /// <summary>At the mail server.</summary>
    public string? UserName { get; private set; }

    /// <summary>Encrypted; never read by the API.</summary>
    [NotAudited]
    public string? ProtectedPassword { get; private set; }

    /// <summary>As sent, until it is encrypted for the database.</summary>
    internal string? NewPassword { get; private set; }

    public static SenderAccount Create(SenderAccountChanges changes)
    {
        ArgumentNullException.ThrowIfNull(changes);
        var account = new SenderAccount(changes.Name.Required("name"), Check.EmailAddress(changes.FromAddress.Required("fromAddress"), "fromAddress")!);
        account.Apply(changes);
        return account;
    }

    public void Apply(SenderAccountChanges changes)
    {
        ArgumentNullException.ThrowIfNull(changes);
        Name = changes.Name.Or(Name);
        FromName = changes.FromName.Or(FromName);
        if (changes.FromAddress.IsSet && changes.FromAddress.Value != FromAddress)
        {
            FromAddress = Check.EmailAddress(changes.FromAddress.Value, "fromAddress")!;
        }

        ClientIds = ValueLists.Ids(changes.ClientIds.Or(ClientIds), "clientIds");
        UserIds = ValueLists.Ids(changes.UserIds.Or(UserIds), "userIds");
        PerMinute = Check.NotNegative(changes.PerMinute.Or(PerMinute), "perMinute");
        PerDay = Check.NotNegative(changes.PerDay.Or(PerDay), "perDay");
        State = changes.State.Or(State);
        Host = changes.Host.Or(Host);
        Port = changes.Port.Or(Port);
        UserName = changes.UserName.Or(UserName);
        if (Port is < 1 or > 65535)
        {
            throw new RuleViolation("outOfRange", "port must lie between 1 and 65535.", "port");
        }

        if (changes.Password.IsSet)
        {
            NewPassword = changes.Password.Value;
            ProtectedPassword = null;
        }
    }

    internal void Keep(string? protectedPassword)
    {
        ProtectedPassword = protectedPassword;
        NewPassword = null;
    }
}
