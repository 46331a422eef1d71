using System.Buffers.Binary;
using System.Text;

namespace InfluencerCrm.TestKit.Dns;

/// <summary>Messages of RFC 1035 as bytes, written by hand so that the product's library does not judge itself.</summary>
internal static class DnsMessages
{
    private const int HeaderLength = 12;
    private const int MaxText = 255;

    /// <summary>The name asked for, in lower case and without the last dot, and where the question ends.</summary>
    public static (string Name, int End) Question(byte[] query)
    {
        var labels = new List<string>();
        var at = HeaderLength;
        while (query[at] > 0)
        {
            labels.Add(Encoding.ASCII.GetString(query, at + 1, query[at]));
            at += query[at] + 1;
        }

        return (string.Join('.', labels).ToLowerInvariant(), at + 5);
    }

    /// <param name="query">What is answered.</param>
    /// <param name="code">RFC 1035 §4.1.1 RCODE.</param>
    /// <param name="truncated">Sets TC.</param>
    /// <param name="texts">TXT records, each cut into strings of 255 bytes.</param>
    public static byte[] Answer(byte[] query, int code, bool truncated, IReadOnlyCollection<string> texts)
    {
        var (_, end) = Question(query);
        var message = new List<byte>(query[..end]);
        message[2] = (byte)(0x81 | (truncated ? 0x02 : 0));
        message[3] = (byte)(0x80 | code);
        byte[] counts = [0, 1, 0, (byte)texts.Count, 0, 0, 0, 0];
        for (var i = 0; i < counts.Length; i++)
        {
            message[4 + i] = counts[i];
        }

        foreach (var text in texts)
        {
            var data = Encoding.ASCII.GetBytes(text).Chunk(MaxText).SelectMany(c => c.Prepend((byte)c.Length)).ToArray();
            message.AddRange([0xC0, HeaderLength, 0, 16, 0, 1, 0, 0, 0, 60, (byte)(data.Length >> 8), (byte)data.Length, .. data]);
        }

        return [.. message];
    }

    public static byte[] Framed(byte[] message)
    {
        var framed = new byte[message.Length + 2];
        BinaryPrimitives.WriteUInt16BigEndian(framed, (ushort)message.Length);
        message.CopyTo(framed, 2);
        return framed;
    }
}
