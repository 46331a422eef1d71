using System.Collections.Concurrent;
using System.Reflection;
using System.Xml.Linq;

namespace InfluencerCrm.Api.OpenApi;

/// <summary>The XML comments of our own code, as texts of the description.</summary>
internal static class XmlDocs
{
    private static readonly ConcurrentDictionary<Assembly, IReadOnlyDictionary<string, string>> Loaded = new();

    /// <summary>The summary of a type, method or property; of a record's property also what its parameter says.</summary>
    public static string? Of(MemberInfo member)
    {
        var owner = member as Type ?? member.DeclaringType!;
        owner = owner.IsGenericType ? owner.GetGenericTypeDefinition() : owner;
        var name = owner.FullName?.Replace('+', '.');
        var docs = Loaded.GetOrAdd(owner.Assembly, Load);
        return member switch
        {
            Type => docs.GetValueOrDefault($"T:{name}"),
            MethodInfo => docs.GetValueOrDefault($"M:{name}.{member.Name}") ?? docs.FirstOrDefault(d => d.Key.StartsWith($"M:{name}.{member.Name}(", StringComparison.Ordinal)).Value,
            _ => docs.GetValueOrDefault($"P:{name}.{member.Name}") ?? docs.GetValueOrDefault($"T:{name}#{member.Name}"),
        };
    }

    private static IReadOnlyDictionary<string, string> Load(Assembly assembly)
    {
        var file = Path.ChangeExtension(assembly.Location, ".xml");
        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var member in File.Exists(file) ? XDocument.Load(file).Descendants("member") : [])
        {
            var name = (string)member.Attribute("name")!;
            if (member.Element("summary") is { } summary)
            {
                texts.TryAdd(name, Text(summary));
            }

            foreach (var parameter in member.Elements("param"))
            {
                texts.TryAdd($"{name}#{(string?)parameter.Attribute("name")}", Text(parameter));
            }
        }

        return texts;
    }

    private static string Text(XElement comment)
    {
        foreach (var element in comment.Descendants().ToList())
        {
            var name = (string?)element.Attribute("cref") ?? (string?)element.Attribute("name") ?? (string?)element.Attribute("langword");
            element.ReplaceWith(name is not null ? name[(name.LastIndexOfAny(['.', ':']) + 1)..] : element.Name == "c" ? $"`{element.Value}`" : element.Value);
        }

        return string.Join(' ', comment.Value.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
    }
}
