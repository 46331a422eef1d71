using InfluencerCrm.Core.SendOuts;

namespace InfluencerCrm.Mail;

/// <summary>A mail that cannot be written fails for good, whichever way it would have gone; it must not stop the others.</summary>
internal static class ComposerRefusal
{
    public static DeliveryAnswer From(ArgumentException e)
    {
        var address = e.ParamName == nameof(OutgoingMail.ToAddress);
        return new DeliveryAnswer(DeliveryOutcome.Failed, $"The mail cannot be written: {e.Message}", EnhancedStatus: address ? "5.1.3" : "5.6.0") { RefusesAddress = address };
    }
}
