using System.Reflection;
using System.Text.Json;
using InfluencerCrm.Core.SendOuts.Rendering;

namespace InfluencerCrm.Core.Tests.SendOuts.Rendering;

public sealed class TemplateValuesTests
{
    [Fact]
    public void Json_BringsBackTheSameMail()
    {
        const string Body = "{{ relationship.salutation }} {{ story.embargoUntil }} {{ story.body }} {% for a in assets %}[{{ a.name }}]({{ a.url }}){% endfor %} {{ influencer.lastName }}";
        var json = Sample.Values.ToJson();

        var back = TemplateValues.FromJson(json);

        Assert.Equal(Sample.Mail(Body), Sample.Mail(Body, back));
        Assert.Equal(json, back.ToJson());
    }

    [Fact]
    public void Json_UsesTheTemplatesNames_AndLeavesOutWhatIsEmpty()
    {
        var values = new TemplateValues { Influencer = new() { FirstName = "Zoé" } };

        Assert.StartsWith("{\"influencer\":{\"firstName\":\"Zoé\"},\"recipient\":{},", values.ToJson(), StringComparison.Ordinal);
        Assert.Throws<JsonException>(() => TemplateValues.FromJson("null"));
        Assert.Throws<JsonException>(() => TemplateValues.FromJson("{}"));
    }

    [Fact]
    public void EveryProperty_IsAVariableOfTheSameName_AndTheOtherWayRound()
    {
        var names = typeof(TemplateValues).GetProperties()
            .Where(p => p.Name != nameof(TemplateValues.TimeZone) && p.GetMethod!.IsPublic && !p.GetMethod.IsStatic)
            .SelectMany(p => p.PropertyType.Namespace == typeof(TemplateValues).Namespace
                ? p.PropertyType.GetProperties(BindingFlags.Public | BindingFlags.Instance).Select(m => $"{Camel(p.Name)}.{Camel(m.Name)}")
                : [Camel(p.Name)]);

        Assert.Equal(names.Order(StringComparer.Ordinal), TemplateVariables.Names);
    }

    [Fact]
    public void EveryVariable_CanBeRendered()
    {
        foreach (var name in TemplateVariables.Names)
        {
            Assert.NotEqual("", Sample.Text($"{{{{ {name} }}}}"));
            Assert.True(Sample.Render($"{{{{ {name} }}}}", new() { Influencer = new() }).Problems.Any(p => p.Variable == name) || name == "assets");
        }
    }

    private static string Camel(string name) => char.ToLowerInvariant(name[0]) + name[1..];
}
