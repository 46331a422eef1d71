using System.Text;

namespace InfluencerCrm.Api.Tests.Fuzz;

/// <summary>Breaks what the grammar made, at random places.</summary>
internal static class Mutator
{
    private static readonly string[] Splinters = ["%", "%0", "%zz", "%00", "%c3%28", "%ff", "%u0041", "%2525", "+", "#", "&", ";", "=", "\"", "'", "(", ")", "[", "]", "{", "}", "<", ">", "\\", "^", "`", "|", "~", "//", "/./", "/../", ":", "@", ",", "$", "*", "%0d%0a", "%09", "é", "\u0001", "%F0%9F%98%80", "%ed%a0%80", "%20"];

    /// <summary>A text as the value of an option: encoded so that it reaches the application, in some of the requests with a splinter in it.</summary>
    public static string Option(Dice dice, string text)
    {
        var encoded = Uri.EscapeDataString(text).Replace("%252B", "%2B", StringComparison.Ordinal);
        return dice.Chance(85) ? encoded : Splintered(dice, encoded);
    }

    public static string Splintered(Dice dice, string text)
    {
        var broken = new StringBuilder(text);
        for (var i = dice.Next(3); i >= 0; i--)
        {
            var at = dice.Next(broken.Length + 1);
            if (dice.Chance(30) && at < broken.Length)
            {
                broken.Remove(at, Math.Min(1 + dice.Next(4), broken.Length - at));
            }
            else
            {
                broken.Insert(at, dice.Pick(Splinters));
            }
        }

        return broken.ToString();
    }

    /// <summary>A part of the bytes doubled, cut or changed.</summary>
    public static byte[] Bytes(Dice dice, byte[] bytes)
    {
        var at = dice.Next(bytes.Length);
        return dice.Next(4) switch
        {
            0 => bytes[..at],
            1 => [.. bytes[..at], .. dice.Bytes(1 + dice.Next(8)), .. bytes[at..]],
            2 => [.. bytes[..at], (byte)dice.Pick(0, 0xFF, 0xC3, 0x22, 0x7B), .. bytes[Math.Min(bytes.Length, at + 1)..]],
            _ => [.. bytes, .. bytes[at..]],
        };
    }
}
