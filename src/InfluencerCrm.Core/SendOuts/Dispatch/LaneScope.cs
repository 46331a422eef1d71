namespace InfluencerCrm.Core.SendOuts.Dispatch;

/// <summary>Whose mails a lane sends.</summary>
/// <param name="AccountId">An account with a server of its own; null: all accounts that have none, and mails without one.</param>
/// <param name="Version">The account as it was when the lane was made: once it has changed, its mails are another lane's.</param>
/// <param name="TakesAll">Nothing leaves this machine, so that no account's server counts.</param>
/// <param name="PerMinute">What the configuration's server may be given; null: no limit.</param>
internal sealed record LaneScope(int? AccountId, Guid? Version, bool TakesAll, int? PerMinute)
{
    public static LaneScope OfDefault(IMailTransport transport) => new(null, null, transport.StaysHere, transport.MessagesPerMinute);

    public static LaneScope Of(SenderAccount account) => new(account.Id, account.Version, TakesAll: false, PerMinute: null);

    public IQueryable<SendOut> In(IQueryable<SendOut> sendOuts) =>
        AccountId is { } account ? sendOuts.Where(s => s.SenderAccountId == account && s.SenderAccount!.Version == Version)
        : TakesAll ? sendOuts
        : sendOuts.Where(s => s.SenderAccountId == null || s.SenderAccount!.Host == null);
}
