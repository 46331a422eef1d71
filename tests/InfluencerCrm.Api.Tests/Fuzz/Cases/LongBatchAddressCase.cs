using System.Text.Json;

namespace InfluencerCrm.Api.Tests.Fuzz.Cases;

/// <summary>Addresses that no request line could hold come in through a batch: lists of ten thousand terms, chains and nests as long.</summary>
internal sealed class LongBatchAddressCase : FuzzCase
{
    public override int Weight => 1;

    public override FuzzRequest Make(Dice dice)
    {
        var count = dice.Pick(700, 2_000, 10_000);
        var (option, value) = dice.One<(string, string)>(
            () => ("$filter", $"id in ({string.Join(',', Enumerable.Range(1, count))})"),
            () => ("$filter", string.Join(dice.Pick(" or ", " and "), Enumerable.Repeat("id eq 1", count))),
            () => ("$filter", new string('(', count) + "id eq 1" + new string(')', count)),
            () => ("$filter", $"id{string.Concat(Enumerable.Repeat(" add 1", count))} eq 1"),
            () => ("$filter", string.Concat(Enumerable.Repeat("not ", count)) + "true"),
            () => ("$filter", string.Concat(Enumerable.Repeat("concat('a',", count)) + "'b'" + new string(')', count) + " eq 'x'"),
            () => ("$filter", $"displayName eq '{new string('x', 10 * count)}'"),
            () => ("$filter", string.Concat(Enumerable.Range(0, count).Select(i => $"topics/any(a{i}:")) + "true" + new string(')', count)),
            () => ("$orderby", string.Join(',', Enumerable.Repeat("id", count))),
            () => ("$orderby", $"id{string.Concat(Enumerable.Repeat(" add 1", count))}"),
            () => ("$select", string.Join(',', Enumerable.Repeat("id", count))),
            () => ("$expand", string.Join(',', Enumerable.Repeat("topics", count))),
            () => ("$expand", string.Concat(Enumerable.Repeat("topics($expand=", count)) + "topic" + new string(')', count)),
            () => ("$search", string.Join(dice.Pick(" OR ", " AND ", " ", " NOT "), Enumerable.Repeat("x", count))),
            () => ("$search", new string('(', count) + "x" + new string(')', count)),
            () => ("$search", string.Concat(Enumerable.Repeat("NOT ", count)) + "x"),
            () => ("$compute", $"id{string.Concat(Enumerable.Repeat(" add 1", count))} as a"),
            () => ("$compute", string.Join(',', Enumerable.Range(0, count).Select(i => $"id as a{i}"))),
            () => ("$apply", string.Join('/', Enumerable.Repeat("filter(id eq 1)", count))),
            () => ("$apply", string.Concat(Enumerable.Repeat("groupby((id),", count)) + "aggregate($count as a)" + new string(')', count)),
            () => ("$apply", $"filter({string.Join(" or ", Enumerable.Repeat("id eq 1", count))})"),
            () => ("$skiptoken", new string('A', 10 * count)),
            () => ("$top", new string('9', count)));
        var url = $"influencers{dice.Pick("", "", "/$count")}?{option}={Uri.EscapeDataString(value)}";
        return new FuzzRequest("POST", "/odata/$batch").WithJson($"{{\"requests\":[{{\"id\":\"1\",\"method\":\"GET\",\"url\":{JsonSerializer.Serialize(url)}}}]}}");
    }
}
