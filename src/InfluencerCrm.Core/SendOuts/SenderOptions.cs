namespace InfluencerCrm.Core.SendOuts;

/// <summary>Section <c>Mail</c>, as far as a send-out needs it: who mails come from where neither the send-out nor its sender account says so.</summary>
public sealed record SenderOptions
{
    public string? FromName { get; init; }

    public string? FromAddress { get; init; }
}
