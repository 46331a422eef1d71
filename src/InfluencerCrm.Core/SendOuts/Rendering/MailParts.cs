using System.Text;

namespace InfluencerCrm.Core.SendOuts.Rendering;

/// <summary>
/// The parts of one mail while they are written. Each thread has one and uses it again: most of what it costs to write a mail is the memory for it,
/// and who only looks through a mail need not make strings of it at all.
/// </summary>
internal sealed class MailParts
{
    /// <summary>Characters; what a rare long mail took is not kept for ever.</summary>
    private const int Kept = 64 * 1024;

    [ThreadStatic]
    private static MailParts? ofThread;

    private MailParts()
    {
    }

    public StringBuilder Html { get; } = new(16 * 1024);

    public StringBuilder Text { get; } = new(8 * 1024);

    /// <summary>Empty; valid until the same thread asks again.</summary>
    public static MailParts Begin()
    {
        var parts = ofThread;
        if (parts is null || parts.Html.Capacity > Kept || parts.Text.Capacity > Kept)
            ofThread = parts = new MailParts();

        parts.Html.Clear();
        parts.Text.Clear();
        return parts;
    }
}
