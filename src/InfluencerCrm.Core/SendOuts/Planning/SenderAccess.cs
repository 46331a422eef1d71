using InfluencerCrm.Core.Access;
using InfluencerCrm.Core.Errors;
using InfluencerCrm.Core.Influencers;

namespace InfluencerCrm.Core.SendOuts.Planning;

/// <summary>Who may send with which account, for whom, and as whom.</summary>
internal static class SenderAccess
{
    /// <summary>What forbids the actor to send this; empty where nothing does, or where the send-out has no account.</summary>
    public static IEnumerable<SendOutProblem> Problems(SendOut sendOut, Actor actor)
    {
        if (sendOut.SenderAccount is not { } account)
        {
            yield break;
        }

        if (account.ClientIds.Count > 0 && (sendOut.ClientId is not { } client || !account.ClientIds.Contains(client)))
        {
            yield return Error("accountNotForClient", "The sender account may not send for this client.", "senderAccountId");
        }

        if (account.UserIds.Count > 0 && !actor.IsSystem && (actor.UserId is not { } user || !account.UserIds.Contains(user)))
        {
            yield return Error("accountNotForUser", "You may not send with this sender account.", "senderAccountId");
        }

        // Its server vouches for its own domain only: SPF and DKIM of another would not align.
        if (!string.IsNullOrWhiteSpace(sendOut.FromAddress) && DomainOf(sendOut.FromAddress) is { } domain && DomainOf(account.FromAddress) is { } own && domain != own)
        {
            yield return Error("fromAddressNotOfAccount", $"The sender account sends for {own}, so fromAddress must be an address there; leave it out to send as {account.FromAddress}.", "fromAddress");
        }
    }

    /// <param name="act">What cannot be done then.</param>
    /// <exception cref="RuleViolation">Something forbids it: the details say what.</exception>
    public static void Require(SendOut sendOut, Actor actor, string act)
    {
        if (Problems(sendOut, actor).ToList() is { Count: > 0 } problems)
        {
            throw new RuleViolation(
                "checkFailed", $"The send-out cannot be {act}: {problems[0].Message}", problems[0].Target, [.. problems.Select(p => new ErrorDetail(p.Code, p.Message, p.Target))]);
        }
    }

    private static string? DomainOf(string address) => AddressKey.Of(address.Trim()) is { } key ? key[(key.LastIndexOf('@') + 1)..] : null;

    private static SendOutProblem Error(string code, string message, string target) => new(ProblemSeverity.Error, code, message, Target: target);
}
