using System.Text;

namespace InfluencerCrm.Core.Imports.Reading;

/// <summary>
/// Tells by the letters around them what the bytes beyond ASCII are: Windows-1252 and the Mac Roman of older Excel for Mac use the same
/// bytes for different letters, and only one of the readings gives words.
/// </summary>
internal sealed class ByteLetters
{
    /// <summary>Inside a word: é è à ç ê ù ü of Mac Roman, which Windows-1252 reads as Ž, ˆ, Ÿ or not at all.</summary>
    private static ReadOnlySpan<byte> MacInWords => [0x8E, 0x8F, 0x88, 0x8D, 0x90, 0x9D, 0x9F, 0x8A];

    /// <summary>Between capitals: É À Ç and Â Ê Á Ë È Í Î Ï Ô of Mac Roman, which Windows-1252 reads as signs and small letters.</summary>
    private static ReadOnlySpan<byte> MacInCapitals => [0x83, 0xCB, 0x82, 0xE5, 0xE6, 0xE7, 0xE8, 0xE9, 0xEA, 0xEB, 0xEC, 0xEF];

    /// <summary>Between capitals: À Ç È É Ê Ô of Windows-1252, which Mac Roman reads as signs.</summary>
    private static ReadOnlySpan<byte> WindowsInCapitals => [0xC0, 0xC7, 0xC8, 0xC9, 0xCA, 0xD4];

    private const byte MacApostrophe = 0xD5;

    private long _mac;
    private long _windows;
    private long _utf8;
    private long _stray;

    public bool IsMacintosh => _mac > _windows;

    /// <summary>More characters of several bytes than bytes that belong to none.</summary>
    public bool IsMostlyUtf8 => _utf8 > _stray;

    public void Add(ReadOnlySpan<byte> bytes)
    {
        for (var i = 0; i < bytes.Length; i++)
        {
            var next = bytes[i..].IndexOfAnyInRange((byte)0x80, (byte)0xFF);
            if (next < 0)
            {
                return;
            }

            i += next;
            Judge(bytes[i], i > 0 ? bytes[i - 1] : (byte)0, i + 1 < bytes.Length ? bytes[i + 1] : (byte)0);
            if (Rune.DecodeFromUtf8(bytes[i..], out _, out var length) == System.Buffers.OperationStatus.Done)
            {
                _utf8++;
                i += length - 1;
            }
            else
            {
                _stray++;
            }
        }
    }

    private void Judge(byte letter, byte before, byte after)
    {
        if (IsCapital(before) && IsCapital(after))
        {
            _mac += MacInCapitals.Contains(letter) ? 1 : 0;
            _windows += WindowsInCapitals.Contains(letter) ? 1 : 0;
        }
        else if (char.IsAsciiLetter((char)before))
        {
            // 8A and 8E are the capitals Š and Ž of Windows-1252, which follow no small letter.
            _mac += MacInWords.Contains(letter) && (letter is not (0x8A or 0x8E) || !IsCapital(before)) ? 1 : 0;
            _mac += letter == MacApostrophe && char.IsAsciiLetter((char)after) && !IsCapital(after) ? 1 : 0;
            _windows += letter >= 0xE0 ? 1 : 0;
        }
    }

    private static bool IsCapital(byte letter) => char.IsAsciiLetterUpper((char)letter);
}
