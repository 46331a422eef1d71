namespace InfluencerCrm.Core.SendOuts;

/// <summary>Port: the transports there are: the configuration's, and one for each sender account with a server of its own.</summary>
public interface IMailTransports
{
    /// <summary>The configuration's server or folder; mails of accounts without a server of their own go through it.</summary>
    IMailTransport Default { get; }

    /// <summary>
    /// The account's own server, made anew when the account's row has changed since; the default where it names none. While the configuration
    /// keeps mails here (pickup folder), always the default: nothing leaves this machine. Two answers for one version of an account are equal,
    /// those for different versions are not.
    /// </summary>
    IMailTransport Of(SenderAccount account);
}
