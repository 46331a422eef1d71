using System.Text;

namespace InfluencerCrm.Benchmarks.Smtp;

/// <summary>A mail of about six kilobytes with its text and HTML parts, different for each person.</summary>
internal static class SmtpMails
{
    public const string Subject = "{{ influencer.displayName }}: a battery that lasts";

    public static string Body { get; } = Write();

    private static string Write()
    {
        var text = new StringBuilder("Hello {{ influencer.displayName }},\n\nwe thought of you because you write about **energy**.\n\n");
        for (var i = 1; i <= 9; i++)
        {
            text.Append("## What is new, part ").Append(i).Append("\n\nThe battery keeps *ninety* per cent of its charge over a thousand days, in heat and frost alike, as the ")
                .Append("[test report](https://example.org/report) shows that {{ influencer.displayName }} may quote. It weighs less than the one before and is made in Europe.\n\n");
        }

        return text.Append("Best wishes\n").ToString();
    }
}
