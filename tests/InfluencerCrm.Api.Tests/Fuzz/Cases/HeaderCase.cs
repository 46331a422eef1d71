namespace InfluencerCrm.Api.Tests.Fuzz.Cases;

/// <summary>The protocol's headers with values that are none, alone and together.</summary>
internal sealed class HeaderCase : FuzzCase
{
    private static readonly Dictionary<string, string[]> Odd = new()
    {
        ["If-Match"] = ["", "*", "**", "W/", "W/\"", "\"\"", "W/\"AAAA\"", "\"x\",\"y\"", "*,*", "W/\"MDAwMDAwMDAtMDAwMC0wMDAwLTAwMDAtMDAwMDAwMDAwMDAw\"", "é", "W/\"=\"", "W/\"%00\"", ",,,", "\"unended"],
        ["If-None-Match"] = ["", "*", "W/\"x\"", "nonsense", "\"", ",", "W/W/\"x\"", "*, \"x\""],
        ["If-Modified-Since"] = ["Thu, 01 Jan 1970 00:00:00 GMT", "x", "9999-99-99", ""],
        ["Prefer"] = ["maxpagesize=1", "maxpagesize=0", "maxpagesize=-1", "maxpagesize=99999999999", "odata.maxpagesize=x", "return=minimal", "return=", "return=representation, return=minimal", "respond-async", "wait=9999", "handling=strict", "odata.track-changes", "odata.include-annotations=\"*\"", "odata.continue-on-error", "odata.allow-entityreferences", "=", ",,,", "\"", "maxpagesize=\"1\"", "maxpagesize = 1; x=y"],
        ["Accept"] = ["", "*/*", "application/xml", "text/html", "application/json;odata.metadata=full", "application/json;odata.metadata=bogus", "application/json;q=0", "application/json;q=x", ";", ",", "application/json, */*;q=0.1", "multipart/mixed", "a/b/c", "*/json", "application/json;odata.streaming=x;IEEE754Compatible=true", "application/json;charset=utf-16", "image/png;q=1e999", "text/event-stream"],
        ["Accept-Charset"] = ["utf-16", "x", "*;q=0", ""],
        ["Accept-Encoding"] = ["gzip", "br", "deflate", "x", "identity;q=0", "*;q=0", "gzip;q=x", ""],
        ["Accept-Language"] = ["xx-XX-xx", "*", "", "fr;q=9", "é"],
        ["Content-Type"] = ["", "x", "application/json; charset=utf-99", "application/json; charset=utf-16", "application/json; charset=utf-7", "application/x-www-form-urlencoded", "multipart/form-data", "multipart/form-data; boundary=", "multipart/mixed; boundary=\"", "application/xml", "text/plain", "application/json;odata.metadata=nope", "application/json; ; ;", "application/json, text/plain"],
        ["Content-Encoding"] = ["gzip", "br", "x", "identity", ""],
        ["Idempotency-Key"] = ["", "x", "\"\"", "\"", "é", "a,b", "OVERLONG", "' OR 1=1 --", "\t"],
        ["OData-Version"] = ["4.0", "4.01", "3.0", "5.0", "x", "", "4", "99999999999.9", "-1", "4.0;x"],
        ["OData-MaxVersion"] = ["4.0", "4.01", "3.0", "1.0", "x", "", "4.01;x", "99999999999"],
        ["OData-Isolation"] = ["snapshot", "x", ""],
        ["Origin"] = ["null", "http://evil.example", "x", ""],
        ["Access-Control-Request-Method"] = ["DELETE", "x", ""],
        ["Cookie"] = ["x", "=", ".AspNetCore.Identity.Application=x", ".AspNetCore.Identity.Application=CfDJ8", ";;;", "a=\"", "OVERLONG"],
        ["Authorization"] = ["", "Basic", "Basic x", "Basic OjpOb25l", "Bearer", "Bearer x", "Negotiate x", "Basic \0", "Digest realm=x", "Bearer icrm_1_x", "Bearer icrm_99999999999999999_x", "OVERLONG"],
        ["Forwarded"] = ["for=\"_x\"", "host=evil", "proto=x"],
        ["X-Forwarded-For"] = ["x", "127.0.0.1, ::1", "999.999.999.999"],
        ["X-Forwarded-Host"] = ["evil.example", "\"", "a/b"],
        ["X-Forwarded-Proto"] = ["https", "x", ""],
        ["Range"] = ["bytes=0-1", "bytes=-", "bytes=99999999999999999999-", "x"],
        ["Expect"] = ["100-continue", "x"],
        ["Connection"] = ["close", "Upgrade", "keep-alive, x"],
        ["Upgrade"] = ["h2c", "websocket"],
        ["traceparent"] = ["00-00000000000000000000000000000000-0000000000000000-00", "x", "OVERLONG"],
        ["Sec-Fetch-Mode"] = ["cors", "x"],
        ["RequestVerificationToken"] = ["x", ""],
    };

    public override int Weight => 10;

    public override FuzzRequest Make(Dice dice)
    {
        var grammar = new Grammar(dice);
        var set = grammar.Set();
        var request = dice.Next(4) switch
        {
            // A body that nobody takes, so that the headers are read and nothing is written.
            0 => new FuzzRequest("POST", $"/odata/{set.Name}") { Body = "{\"nope\":1}"u8.ToArray() },
            1 => new FuzzRequest(dice.Pick("PATCH", "PUT"), $"/odata/{set.Name}({dice.Next(5)})") { Body = "{\"nope\":1}"u8.ToArray() },
            _ => Get($"/odata/{set.Name}{dice.Pick("", "", "(1)", "(2)", "/$count", "(1)/id", "(1)/id/$value", "?$top=2&$count=true")}"),
        };
        for (var i = dice.Next(4); i >= 0; i--)
        {
            var name = dice.Pick(Odd.Keys.ToList());
            var value = dice.Pick(Odd[name]);
            request = request.With(name, value == "OVERLONG" ? new string('x', dice.Pick(300, 5000)) : dice.Chance(92) ? value : Mutator.Splintered(dice, value));
        }

        return dice.Chance(60) && request.Body is not null ? request.With("Content-Type", "application/json") : request;
    }
}
