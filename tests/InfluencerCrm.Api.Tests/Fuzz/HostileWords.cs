namespace InfluencerCrm.Api.Tests.Fuzz;

/// <summary>Single values that have broken programs before.</summary>
internal static class HostileWords
{
    public static readonly string[] Texts =
    [
        "' OR '1'='1", "'; DROP TABLE \"Influencers\"; --", "\" OR \"\"=\"", "1); DELETE FROM Users WHERE (1=1", "x' UNION SELECT * FROM \"Users\" --", "%' --", "_%_%", "*)(uid=*))(|(uid=*", "admin)(&)", "*",
        "{{7*7}}", "${7*7}", "#{7*7}", "<%= 7*7 %>", "{{ influencer.email | upcase }}", "{% for i in (1..1000000000) %}x{% endfor %}", "{{ '' | append: 'x' }}", "${jndi:ldap://127.0.0.1/a}", "@(1+1)", "$(id)", "`id`", "| id", "; id",
        "<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "[x](javascript:alert(1))", "=1+1", "=cmd|' /C calc'!A0", "+1+1", "-1+1", "@SUM(1)", "../../../../etc/passwd", "..\\..\\windows\\win.ini", "file:///etc/passwd",
        "\u202Eevil", "\uFEFF", "\u200B", "İıſ", "ﬀ", "𝕏", "👩‍👩‍👧‍👦", "e\u0301", "ﷺ", "null", "NULL", "undefined", "NaN", "true", "-0", "1e309", "\\", "\\u0000", "\\'", "''", "'", "\"", "%00", "%2500", "%s%s%n", "{0}", "{0:X9999999}", "\r\nX-Injected: 1", "\r\n\r\n", "\t", "​",
    ];

    public static readonly string[] Numbers =
    [
        "0", "-1", "1", "007", "2147483647", "2147483648", "-2147483648", "-2147483649", "9223372036854775807", "9223372036854775808", "-9223372036854775808", "-9223372036854775809", "99999999999999999999999999999999",
        "1e5", "1e308", "1e309", "-1e309", "1e-400", "0.1", "79228162514264337593543950335", "79228162514264337593543950336", "1.", ".5", "0x10", "1_000", "+1", "--1", "1L", "1m", "1d", "1f", "INF", "-INF", "NaN", "1,5", "١",
    ];

    public static readonly string[] Times =
    [
        "0001-01-01T00:00:00Z", "0000-01-01T00:00:00Z", "9999-12-31T23:59:59Z", "9999-12-31T23:59:59.9999999Z", "10000-01-01T00:00:00Z", "-0001-01-01T00:00:00Z", "2026-02-30T00:00:00Z", "2026-13-01T00:00:00Z", "2026-01-01T25:00:00Z", "2026-01-01T24:00:00Z", "2026-01-01T00:00:60Z",
        "2026-01-01", "2026-01-01T00:00:00", "2026-01-01T00:00:00%2B14:00", "2026-01-01T00:00:00%2B99:00", "9999-12-31T23:59:59-14:00", "0001-01-01T00:00:00%2B14:00", "2026-01-01T00:00:00.123456789012Z", "24:00", "00:00:00.0000001", "2026-W01", "now", "1970-01-01T00:00:00Z",
        "duration'P9999999999D'", "duration'PT1S'", "duration'P106751991167DT2H48M5.4775807S'", "duration'x'", "binary'AAAA'", "datetime'2026-01-01'", "00000000-0000-0000-0000-000000000000", "geography'POINT(1 2)'",
    ];

    public static readonly string[] Names =
    [
        "id", "nope", "$it", "$this", "$root", "@p", "version", "Version", "displayname", "DisplayName", "searchText", "nameSearch", "leaseUntil", "claimToken", "passwordHash", "PasswordHash", "secretHash", "tokenHash", "$count", "*", "", "id/id", "createdAt/year", "@odata.etag", "InfluencerCrm.Influencer", "é", "__proto__", "constructor", "a.b.c", "null", "not", "eq", "1", "'x'",
    ];

    public static readonly string[] Keys =
    [
        "1", "2", "3", "0", "-1", "00001", "2147483647", "2147483648", "9223372036854775807", "9223372036854775808", "99999999999999999999", "'1'", "'x'", "id=1", "id=-1", "id='x'", "Id=1", "id=1,id=2", "id=1,version=2", "id=", "=1", "", "null", "1.0", "1e0", "0x1", "1%20", "%201", "1%00", "%00", "1,2", "1;2", "*", "@p", "@p)?@p=(1", "1)(2", "(1", "true", "00000000-0000-0000-0000-000000000000", "%2527", "%27", "id%3D1", "1%2F2", "..", "%2e%2e", "١", "id%20eq%201", "$it", "id=@k",
    ];
}
