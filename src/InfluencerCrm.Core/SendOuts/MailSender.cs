using InfluencerCrm.Core.Influencers;
using InfluencerCrm.Core.SendOuts.Planning;

namespace InfluencerCrm.Core.SendOuts;

/// <summary>Who a send-out's mails come from: its own words, else its account's, else the installation's.</summary>
/// <param name="Name">Empty where nobody gave one.</param>
/// <param name="Address">Null: there is no address to send from, or the one given is none; <see cref="Problem"/> says which.</param>
/// <param name="ReplyTo">Where replies go; null: to the address.</param>
public sealed record MailSender(string Name, string? Address, string? ReplyTo)
{
    /// <summary>Of Message-ID and return path: the sender's own, so that both align with the From header.</summary>
    public string? Domain => AddressKey.Of(Address) is { } key ? key[(key.LastIndexOf('@') + 1)..] : null;

    /// <summary>Why nothing can be sent from here; null where it can.</summary>
    internal SendOutProblem? Problem { get; private init; }

    public static MailSender Of(SendOut sendOut, SenderOptions options)
    {
        ArgumentNullException.ThrowIfNull(sendOut);
        ArgumentNullException.ThrowIfNull(options);
        var address = First(sendOut.FromAddress, sendOut.SenderAccount?.FromAddress, options.FromAddress);
        return new MailSender(
            First(sendOut.FromName, sendOut.SenderAccount?.FromName, options.FromName) ?? "",
            AddressKey.Of(address) is null ? null : address,
            First(sendOut.ReplyTo))
        { Problem = Faults(address, First(sendOut.ReplyTo)) };
    }

    private static SendOutProblem? Faults(string? address, string? replyTo) =>
        address is null ? Error("noSender", "There is no address to send from: give the send-out or its sender account a fromAddress, or set Mail__FromAddress.", "fromAddress")
        : !AddressKey.TryParse(address, out _, out var reason) ? Error("badAddress", $"Nothing can be sent from {address}: {reason} Give the send-out or its sender account another fromAddress.", "fromAddress")
        : replyTo is not null && !AddressKey.TryParse(replyTo, out _, out reason) ? Error("badAddress", $"Nobody can answer to {replyTo}: {reason} Give the send-out another replyTo.", "replyTo")
        : null;

    private static SendOutProblem Error(string code, string message, string target) => new(ProblemSeverity.Error, code, message, Target: target);

    private static string? First(params ReadOnlySpan<string?> values)
    {
        foreach (var value in values)
        {
            if (!string.IsNullOrWhiteSpace(value))
            {
                return value.Trim();
            }
        }

        return null;
    }
}
