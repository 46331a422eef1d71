using System.Text;

namespace InfluencerCrm.Api.Tests.Fuzz.Cases;

/// <summary>Thirty megabytes where a row is taken: few of them, each costs time.</summary>
internal sealed class LargeBodyCase : FuzzCase
{
    private const int Megabyte = 1024 * 1024;

    public override int Weight => 0;

    public override FuzzRequest Make(Dice dice)
    {
        var body = new byte[30 * Megabyte];
        Array.Fill(body, (byte)dice.Pick('x', ' ', '[', '\0'));
        Encoding.UTF8.GetBytes("{\"nope\":\"").CopyTo(body, 0);
        var request = new FuzzRequest(dice.Pick("POST", "POST", "PATCH"), dice.Pick("/odata/influencers", "/odata/influencers(1)", "/odata/$batch", "/api/session", "/odata/sendOuts(1)/preview", "/api/influencers/1/erase"));
        request = request.With("Content-Type", dice.Pick("application/json", "application/json", "text/plain", "multipart/mixed; boundary=x")).With("If-Match", "*");
        request = dice.Chance(30) ? request.With("Idempotency-Key", "large") : request;
        if (dice.Chance(50))
        {
            return request with { Body = body };
        }

        // Without a length, in chunks.
        var head = new StringBuilder($"{request.Method} {request.Target} HTTP/1.1\r\nHost: HOST\r\nX-Api-Key: KEY\r\nTransfer-Encoding: chunked\r\n");
        foreach (var (name, value) in request.Headers)
        {
            head.Append(name).Append(": ").Append(value).Append("\r\n");
        }

        return request with { Raw = [.. Encoding.Latin1.GetBytes($"{head}\r\n{body.Length:x}\r\n"), .. body, .. "\r\n0\r\n\r\n"u8] };
    }
}
