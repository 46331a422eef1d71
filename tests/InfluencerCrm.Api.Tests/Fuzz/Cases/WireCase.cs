using System.Text;

namespace InfluencerCrm.Api.Tests.Fuzz.Cases;

/// <summary>What is hardly HTTP: NUL bytes, lengths that contradict each other, chunks that are none, heads without an end.</summary>
internal sealed class WireCase : FuzzCase
{
    private static readonly string[] Whole =
    [
        "GET /odata/influencers\0 HTTP/1.1\r\nHost: HOST\r\n\r\n", "GET /odata/influencers HTTP/1.1\r\n\r\n", "GET /odata/influencers HTTP/0.9\r\nHost: HOST\r\n\r\n", "GET /odata/influencers HTTP/3.7\r\nHost: HOST\r\n\r\n", "GET /odata/influencers\r\n\r\n", "GET\r\n\r\n", "\r\n\r\n\r\n\r\nGET / HTTP/9\r\n\r\n",
        "GET http://evil.example/odata/influencers HTTP/1.1\r\nHost: HOST\r\nX-Api-Key: KEY\r\n\r\n", "GET http://HOST/odata/influencers?$top=1 HTTP/1.1\r\nHost: HOST\r\nX-Api-Key: KEY\r\n\r\n", "OPTIONS * HTTP/1.1\r\nHost: HOST\r\nX-Api-Key: KEY\r\n\r\n", "GET * HTTP/1.1\r\nHost: HOST\r\n\r\n", "CONNECT evil.example:443 HTTP/1.1\r\nHost: evil.example:443\r\n\r\n", "GET odata/influencers HTTP/1.1\r\nHost: HOST\r\n\r\n",
        "GET /odata/influencers HTTP/1.1\r\nHost: HOST\r\nHost: evil\r\n\r\n", "GET /odata/influencers HTTP/1.1\r\nHost: e v i l\r\n\r\n", "GET /odata/influencers HTTP/1.1\r\nHost: HOST\r\nBad Name: x\r\n\r\n", "GET /odata/influencers HTTP/1.1\r\nHost: HOST\r\nNoColon\r\n\r\n", "GET /odata/influencers HTTP/1.1\r\nHost: HOST\r\n folded: x\r\n\r\n", "GET /odata/influencers HTTP/1.1\r\nHost: HOST\r\nX: a\0b\r\n\r\n", "GET /odata/influencers HTTP/1.1\r\nHost: HOST\r\nX-Api-Key: KEY\0\r\n\r\n", "GET /odata/influencers HTTP/1.1\r\nHost: HOST\r\nX-Api-Key: \xff\xfe\r\n\r\n",
        "POST /odata/influencers HTTP/1.1\r\nHost: HOST\r\nX-Api-Key: KEY\r\nContent-Type: application/json\r\nContent-Length: -1\r\n\r\n{}", "POST /odata/influencers HTTP/1.1\r\nHost: HOST\r\nX-Api-Key: KEY\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{}", "POST /odata/influencers HTTP/1.1\r\nHost: HOST\r\nX-Api-Key: KEY\r\nContent-Length: 99999999999999999999\r\n\r\n{}", "POST /odata/influencers HTTP/1.1\r\nHost: HOST\r\nX-Api-Key: KEY\r\nContent-Length: 999999999999\r\nContent-Type: application/json\r\n\r\n{}",
        "POST /odata/influencers HTTP/1.1\r\nHost: HOST\r\nX-Api-Key: KEY\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n", "POST /odata/influencers HTTP/1.1\r\nHost: HOST\r\nX-Api-Key: KEY\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\nContent-Length: 2\r\n\r\n2\r\n[]\r\n0\r\n\r\n", "POST /odata/influencers HTTP/1.1\r\nHost: HOST\r\nX-Api-Key: KEY\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\n{}", "POST /odata/influencers HTTP/1.1\r\nHost: HOST\r\nX-Api-Key: KEY\r\nContent-Type: application/json\r\nTransfer-Encoding: gzip\r\n\r\n{}", "POST /odata/influencers HTTP/1.1\r\nHost: HOST\r\nX-Api-Key: KEY\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n[]zz\r\n0\r\n\r\n",
        "POST /odata/$batch HTTP/1.1\r\nHost: HOST\r\nX-Api-Key: KEY\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n", "POST /api/imports HTTP/1.1\r\nHost: HOST\r\nX-Api-Key: KEY\r\nContent-Type: multipart/form-data; boundary=b\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", "POST /api/session HTTP/1.1\r\nHost: HOST\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\nq\r\n", "POST /odata/influencers HTTP/1.1\r\nHost: HOST\r\nX-Api-Key: KEY\r\nContent-Type: application/json\r\nExpect: nonsense\r\nContent-Length: 2\r\n\r\n[]",
        "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n", "GET /odata/influencers HTTP/1.1\nHost: HOST\nX-Api-Key: KEY\n\n",
    ];

    public override int Weight => 4;

    public override FuzzRequest Make(Dice dice)
    {
        var bytes = dice.Next(6) switch
        {
            0 => $"GET /odata/influencers?$filter={new string('x', dice.Pick(7_000, 9_000, 70_000))} HTTP/1.1\r\nHost: HOST\r\nX-Api-Key: KEY\r\n\r\n",
            1 => $"GET /odata/influencers?$top=1 HTTP/1.1\r\nHost: HOST\r\nX-Api-Key: KEY\r\n{string.Concat(Enumerable.Range(0, dice.Pick(50, 101, 2000)).Select(i => $"X-{i}: {new string('x', dice.Next(50))}\r\n"))}\r\n",
            2 => $"GET /odata/influencers?$top=1 HTTP/1.1\r\nHost: HOST\r\nX-Api-Key: {new string('k', dice.Pick(1_000, 30_000, 70_000))}\r\n\r\n",
            _ => dice.Pick(Whole),
        };
        return new FuzzRequest(bytes.StartsWith("OPTIONS", StringComparison.Ordinal) ? "OPTIONS" : "GET", "/") { Raw = Encoding.Latin1.GetBytes(bytes) };
    }
}
