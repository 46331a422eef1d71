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
    /// <summary>More connections than that no provider takes from one account.</summary>
    internal const int MostConnections = 32;

    internal const int ReasonLength = 1000;

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

    /// <summary>Mails a minute at most; empty: a fifth below what the provider allows, or no limit of ours. More than the provider allows is refused.</summary>
    public int? PerMinute { get; private set; }

    /// <summary>Mails in any 24 hours at most; empty: a fifth below what the provider allows, or no limit of ours. More than the provider allows is refused.</summary>
    public int? PerDay { get; private set; }

    /// <summary>The pace that holds, under the provider's ceiling even if the row was written before the ceiling sank.</summary>
    public int? EffectivePerMinute => MailPreset.Held(PerMinute, Preset?.UsualPerMinute, Preset?.MostPerMinute);

    /// <summary>As <see cref="EffectivePerMinute"/>, for a day.</summary>
    public int? EffectivePerDay => MailPreset.Held(PerDay, Preset?.UsualPerDay, Preset?.MostPerDay);

    public SenderAccountState State { get; private set; }

    /// <summary>What the server said when it refused the account; emptied when the account is set to active.</summary>
    public string? StateReason { get; private set; }

    /// <summary>Choosing one fills the server and the limits as far as they are not sent with it, and sets a ceiling to the limits.</summary>
    public MailProvider? Provider { get; private set; }

    /// <summary>Empty: the server of the configuration.</summary>
    public string? Host { get; private set; }

    /// <summary>Of the mail server; empty: 587.</summary>
    public int? Port { get; private set; }

    /// <summary>How the connection to the mail server is encrypted.</summary>
    public SmtpSecurity Security { get; private set; } = SmtpSecurity.Auto;

    /// <summary>How many connections to the mail server may be open at once, for each host.</summary>
    public int MaxConnections { get; private set; } = 2;

    /// <summary>At the mail server.</summary>
    public string? UserName { get; private set; }

    /// <summary>Encrypted; never read by the API.</summary>
    [NotAudited]
    public string? ProtectedPassword { get; private set; }

    /// <summary>Where access tokens are fetched, such as <c>https://oauth2.googleapis.com/token</c>; then the account signs in by XOAUTH2 instead of the password.</summary>
    public string? OauthTokenEndpoint { get; private set; }

    /// <summary>Which application asks for access tokens.</summary>
    public string? OauthClientId { get; private set; }

    /// <summary>Only for providers that ask for it with each access token.</summary>
    public string? OauthScope { get; private set; }

    /// <summary>Encrypted; never read by the API.</summary>
    [NotAudited]
    public string? ProtectedClientSecret { get; private set; }

    /// <summary>Encrypted; never read by the API. Where the provider replaces it at each use, the last one.</summary>
    [NotAudited]
    public string? ProtectedRefreshToken { get; private set; }

    /// <summary>As sent, until they are encrypted for the database.</summary>
    internal SenderSecretsSent NewSecrets { get; private set; } = new();

    private MailPreset? Preset => MailPreset.Of(Provider);

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
        var before = (Host, OauthTokenEndpoint);
        Server(changes);
        Pace(changes);
        SignIn(changes);
        RequireSecretsAnew(changes, before.Host, before.OauthTokenEndpoint);
        if (changes.State.IsSet)
        {
            State = changes.State.Value;
            StateReason = State == SenderAccountState.Active ? null : StateReason;
        }
    }

    internal void KeepPassword(string? encrypted) => ProtectedPassword = encrypted;

    internal void KeepClientSecret(string? encrypted) => ProtectedClientSecret = encrypted;

    internal void KeepRefreshToken(string? encrypted) => ProtectedRefreshToken = encrypted;

    internal void SecretsKept() => NewSecrets = new();

    private void Server(SenderAccountChanges changes)
    {
        var chosen = changes.Provider.IsSet && changes.Provider.Value != Provider ? MailPreset.Of(changes.Provider.Value) : null;
        Provider = changes.Provider.Or(Provider);
        Host = Given(changes.Host) ?? chosen?.Host ?? changes.Host.Or(Host);
        Port = Given(changes.Port) ?? chosen?.Port ?? changes.Port.Or(Port);
        Security = changes.Security.IsSet ? changes.Security.Value : chosen?.Security ?? Security;
        MaxConnections = changes.MaxConnections.Or(MaxConnections);
        if (Port is < 1 or > 65535)
        {
            throw new RuleViolation("outOfRange", "port must lie between 1 and 65535.", "port");
        }

        if (MaxConnections is < 1 or > MostConnections)
        {
            throw new RuleViolation("outOfRange", $"maxConnections must lie between 1 and {MostConnections}.", "maxConnections");
        }

        if (chosen is { Host: null } && string.IsNullOrWhiteSpace(Given(changes.Host)))
        {
            throw new RuleViolation("required", $"host must be given: {chosen.Name} has one for each region.", "host");
        }
    }

    private void Pace(SenderAccountChanges changes)
    {
        var chosen = changes.Provider.IsSet && changes.Provider.Value is not null;
        PerMinute = Check.NotNegative(changes.PerMinute.Or(PerMinute), "perMinute");
        PerDay = Check.NotNegative(changes.PerDay.Or(PerDay), "perDay");
        if (Preset is not { } preset)
        {
            return;
        }

        PerMinute = Under(PerMinute, preset.MostPerMinute, "perMinute", "minute");
        PerDay = Under(PerDay, preset.MostPerDay, "perDay", "day");
        if (chosen)
        {
            PerMinute ??= preset.UsualPerMinute;
            PerDay ??= preset.UsualPerDay;
        }

        int? Under(int? set, int? most, string member, string window) =>
            set > most ? throw new RuleViolation("outOfRange", $"{member} must be {most} or less: {preset.Name} takes no more mails a {window} from one account.", member) : set;
    }

    private void SignIn(SenderAccountChanges changes)
    {
        UserName = changes.UserName.Or(UserName);
        OauthClientId = changes.OauthClientId.Or(OauthClientId);
        OauthScope = changes.OauthScope.Or(OauthScope);
        OauthTokenEndpoint = TokenEndpoint(changes.OauthTokenEndpoint.Or(OauthTokenEndpoint)) ?? (string.IsNullOrEmpty(OauthClientId) ? null : Preset?.TokenEndpoint);
        NewSecrets = new SenderSecretsSent(changes.Password, changes.OauthClientSecret, changes.OauthRefreshToken);
        if (OauthTokenEndpoint is null)
        {
            return;
        }

        if (string.IsNullOrEmpty(OauthClientId))
        {
            throw new RuleViolation("required", "oauthClientId must be given with oauthTokenEndpoint.", "oauthClientId");
        }

        if (string.IsNullOrEmpty(changes.OauthRefreshToken.Or(ProtectedRefreshToken)))
        {
            throw new RuleViolation("required", "oauthRefreshToken must be given with oauthTokenEndpoint.", "oauthRefreshToken");
        }
    }

    /// <summary>A secret goes to nobody but whom it was given for: whoever may only change the row must not have it sent elsewhere.</summary>
    private void RequireSecretsAnew(SenderAccountChanges changes, string? host, string? endpoint)
    {
        if (ProtectedPassword is not null && host is not null && !string.Equals(host, Host, StringComparison.OrdinalIgnoreCase) && !changes.Password.IsSet)
        {
            throw new RuleViolation("required", "password must be given again when host changes: the one that is kept was meant for the other server.", "password");
        }

        if (ProtectedRefreshToken is not null && endpoint is not null && OauthTokenEndpoint is not null && endpoint != OauthTokenEndpoint && !changes.OauthRefreshToken.IsSet)
        {
            throw new RuleViolation("required", "oauthRefreshToken must be given again when oauthTokenEndpoint changes: the one that is kept was meant for the other server.", "oauthRefreshToken");
        }
    }

    /// <summary>The refresh token travels to it, so it is encrypted unless it stays on this machine.</summary>
    private static string? TokenEndpoint(string? value) =>
        string.IsNullOrWhiteSpace(value) ? null
        : Uri.TryCreate(value, UriKind.Absolute, out var uri) && (uri.Scheme == Uri.UriSchemeHttps || (uri.Scheme == Uri.UriSchemeHttp && uri.IsLoopback)) ? value
        : throw new RuleViolation("notAWebAddress", "oauthTokenEndpoint must be an https address: the refresh token travels to it.", "oauthTokenEndpoint");

    private static string? Given(Optional<string?> sent) => sent.IsSet ? sent.Value : null;

    private static int? Given(Optional<int?> sent) => sent.IsSet ? sent.Value : null;
}

/// <summary>Secrets as they were sent: absent leaves what is there, empty removes it.</summary>
internal sealed record SenderSecretsSent(Optional<string?> Password = default, Optional<string?> ClientSecret = default, Optional<string?> RefreshToken = default);
