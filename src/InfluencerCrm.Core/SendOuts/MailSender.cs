using InfluencerCrm.Core.Influencers;

namespace InfluencerCrm.Core.SendOuts;

/// <summary>Who a send-out's mails come from: its own words, else its account's, else the installation's.</summary>
/// <param name="Name">Empty where nobody gave one.</param>
/// <param name="Address">Null: there is no address to send from, or the one given is none.</param>
public sealed record MailSender(string Name, string? Address, string? ReplyTo)
{
    /// <summary>Of Message-ID and return path: the sender's own, so that both align with the From header.</summary>
    public string? Domain => AddressKey.Of(Address) is { } key ? key[(key.LastIndexOf('@') + 1)..] : null;

    public static MailSender Of(SendOut sendOut, SenderOptions options)
    {
        ArgumentNullException.ThrowIfNull(sendOut);
        ArgumentNullException.ThrowIfNull(options);
        var address = First(sendOut.FromAddress, sendOut.SenderAccount?.FromAddress, options.FromAddress);
        return new MailSender(
            First(sendOut.FromName, sendOut.SenderAccount?.FromName, options.FromName) ?? "",
            AddressKey.Of(address) is null ? null : address,
            First(sendOut.ReplyTo));
    }

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
