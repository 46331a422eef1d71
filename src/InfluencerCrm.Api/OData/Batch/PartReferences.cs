using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace InfluencerCrm.Api.OData.Batch;

/// <summary>
/// What parts of a batch say of one another: <c>$1/topics</c> as an address, <c>"campaign@odata.bind":"$1"</c> in a body,
/// <c>If-Match: $1</c>. It stands for the row that the part before it made or meant.
/// </summary>
internal sealed class PartReferences(IReadOnlyList<BatchUnit> units)
{
    private readonly HashSet<string> _names = [.. units.SelectMany(u => u.Parts).Select(p => p.Id).OfType<string>()];
    private readonly Dictionary<string, (string Address, string? ETag)> _done = new(StringComparer.Ordinal);
    private readonly HashSet<string> _groups = new(StringComparer.Ordinal);

    /// <summary>The part as it is to be sent; null: what it depends on did not succeed.</summary>
    public (BatchPart Part, PartAddress Address)? Resolve(BatchPart part, HttpRequest batch)
    {
        if (part.DependsOn.Any(d => !_done.ContainsKey(d) && !_groups.Contains(d)))
        {
            return null;
        }

        var address = PartAddress.Of(part.Url, batch, part.Id);
        if (address.Reference() is { } reference && _names.Contains(reference.Id))
        {
            if (!_done.TryGetValue(reference.Id, out var row))
            {
                return null;
            }

            address = address with { Path = row.Address + reference.Following };
        }

        return Tags(part) && Body(part.Body) is { } body ? (part with { Body = body }, address) : null;
    }

    public void Succeeded(PartAnswer answer, PartAddress address, HttpRequest batch)
    {
        if (answer.Part.Id is { } id)
        {
            var location = answer.Headers.Location.ToString();
            _done[id] = (location.Length > 0 ? PartAddress.Of(location, batch, id).Path : address.Path, answer.Headers.ETag.FirstOrDefault());
        }
    }

    public void Succeeded(BatchUnit changeSet) => _groups.Add(changeSet.Group!);

    /// <summary>A change set that was undone leaves nothing to refer to.</summary>
    public void Forget(BatchUnit changeSet)
    {
        foreach (var part in changeSet.Parts)
        {
            _done.Remove(part.Id ?? "");
        }
    }

    private bool Tags(BatchPart part)
    {
        foreach (var name in new[] { "If-Match", "If-None-Match" })
        {
            var value = part.Headers[name].ToString();
            if (value.StartsWith('$') && _names.Contains(value[1..]))
            {
                if (!_done.TryGetValue(value[1..], out var row) || row.ETag is null)
                {
                    return false;
                }

                part.Headers[name] = row.ETag;
            }
        }

        return true;
    }

    private ReadOnlyMemory<byte>? Body(ReadOnlyMemory<byte> body)
    {
        if (body.Span.IndexOf("\"$"u8) < 0)
        {
            return body;
        }

        try
        {
            var node = JsonNode.Parse(body.Span, null, new JsonDocumentOptions { MaxDepth = 32, AllowDuplicateProperties = false });
            return Links(node) ? Encoding.UTF8.GetBytes(node!.ToJsonString()) : null;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // The part itself will say so.
            return body;
        }
    }

    private bool Links(JsonNode? node)
    {
        if (node is JsonArray items)
        {
            return items.All(Links);
        }

        if (node is not JsonObject members)
        {
            return true;
        }

        foreach (var (name, value) in members.ToList())
        {
            if (name.EndsWith("@odata.bind", StringComparison.Ordinal) || name.EndsWith("@bind", StringComparison.Ordinal) || name is "@odata.id" or "@id")
            {
                if (value?.GetValueKind() == JsonValueKind.String && value.GetValue<string>() is { } link && link.StartsWith('$') && _names.Contains(link[1..]))
                {
                    if (!_done.TryGetValue(link[1..], out var row))
                    {
                        return false;
                    }

                    members[name] = Uri.UnescapeDataString(row.Address);
                }
            }
            else if (!Links(value))
            {
                return false;
            }
        }

        return true;
    }
}
