
namespace InfluencerCrm.Core.Tests.SendOuts.Rendering;

public sealed class LiquidTests
{
    [Theory]
    [InlineData("{{ influencer.city | upcase }}", "PARIS")]
    [InlineData("{{ influencer.city | downcase }}", "paris")]
    [InlineData("{{ 'élan vital' | capitalize }}", "Élan vital")]
    [InlineData("[{{ '  a b ' | strip }}]", "[a b]")]
    [InlineData("{{ 'x' | append: 'y' | prepend: 'w' }}", "wxy")]
    [InlineData("{{ 'banana' | replace: 'an', 'o' }}", "booa")]
    [InlineData("{{ 'banana' | replace: '', 'o' }}", "banana")]
    [InlineData("{{ 'banana' | remove: 'an' }}", "ba")]
    [InlineData("{{ 'abcdef' | truncate: 4 }}", "abc…")]
    [InlineData("{{ 'abcdef' | truncate: 4, '' }}", "abcd")]
    [InlineData("{{ 'a😀bcd' | truncate: 3 }}", "a…")]
    [InlineData("{{ 'one two three' | truncatewords: 2 }}", "one two…")]
    [InlineData("{{ 'abc' | size }} {{ assets | size }} {{ assets.size }}", "3 2 2")]
    [InlineData("{{ assets | map: 'name' | join: ' & ' }}", "Photo & Kit")]
    [InlineData("{{ assets | map: 'url' | first }} {{ assets | map: 'name' | last }}", "https://files.example/1 Kit")]
    [InlineData("{% assign a = assets | last %}{{ a.name }}", "Kit")]
    [InlineData("{{ 'a & b' | escape }}", "a & b")]
    [InlineData("{{ nil | default: 'x' }}{{ blank | default: 'y' }}{{ false | default: 'z' }}", "xyz")]
    [InlineData("{{ 3 }} {{ 1.50 }} {{ -2 }}", "3 1.5 -2")]
    public void Filters(string body, string expected)
    {
        Assert.Equal(expected, Sample.Text(body));
    }

    [Theory]
    [InlineData("{% if relationship.formality == 'tu' %}A{% elsif influencer.city %}B{% else %}C{% endif %}", "A")]
    [InlineData("{% if relationship.formality == 'vous' %}A{% elsif influencer.city == 'Paris' %}B{% else %}C{% endif %}", "B")]
    [InlineData("{% if relationship.formality != 'tu' %}A{% elsif influencer.city == 'Rome' %}B{% else %}C{% endif %}", "C")]
    [InlineData("{% unless relationship.formality == 'vous' %}A{% else %}B{% endunless %}", "A")]
    [InlineData("{% if influencer.city contains 'ari' and assets.size >= 2 %}A{% endif %}", "A")]
    [InlineData("{% if false or assets.size < 2 or assets.size > 2 %}A{% else %}B{% endif %}", "B")]
    [InlineData("{% if story.embargoUntil > story.embargoUntil %}A{% elsif story.embargoUntil <= story.embargoUntil %}B{% endif %}", "B")]
    [InlineData("{% case relationship.formality %}{% when 'vous', 'Sie' %}A{% when 'tu' or 'du' %}B{% else %}C{% endcase %}", "B")]
    [InlineData("{% case influencer.city %}{% when 'Rome' %}A{% else %}C{% endcase %}", "C")]
    [InlineData("{% for a in assets %}{{ forloop.index }}/{{ forloop.length }}{% if forloop.last %}.{% else %}, {% endif %}{% endfor %}", "1/2, 2/2.")]
    [InlineData("{% for a in assets reversed %}{{ a.name }}{% if forloop.first %}{% continue %}{% endif %};{% endfor %}", "KitPhoto;")]
    [InlineData("{% for a in assets %}{{ a.name }}{% break %}{% endfor %}x", "Photox")]
    [InlineData("{% for a in assets limit:1 offset:1 %}{{ a.name }}{% endfor %}", "Kit")]
    [InlineData("{% for a in assets offset:5 %}x{% else %}none{% endfor %}", "none")]
    [InlineData("{% for a in assets %}{% for b in assets %}{{ forloop.index0 }}{% endfor %}{{ forloop.rindex }}{{ forloop.rindex0 }} {% endfor %}", "0121 0110")]
    [InlineData("a {%- if true -%} b {%- endif %} c", "ab c")]
    [InlineData("{% comment %}{{ nothing }}{% endcomment %}{% raw %}{{ x }}{% endraw %}", "{{ x }}")]
    public void ControlFlow(string body, string expected)
    {
        Assert.Equal(expected, Sample.Text(body));
    }

    [Theory]
    [InlineData("recipient.angle")]
    [InlineData("recipient.angle != ''")]
    [InlineData("recipient.angle != blank")]
    [InlineData("recipient.angle != empty")]
    [InlineData("recipient.angle != nil")]
    [InlineData("story.body")]
    [InlineData("story.embargoUntil != nil")]
    [InlineData("story.body contains 'x'")]
    public void Emptiness_MeansTheSameHoweverItIsAsked(string condition)
    {
        var body = $"{{% if {condition} %}}yes{{% else %}}no{{% endif %}}";
        var full = Sample.Values with { Recipient = new() { Angle = "x" }, Story = Sample.Values.Story with { Body = "x" } };

        Assert.Equal("yes", Sample.Text(body, full));
        Assert.Equal("no", Sample.Text(body, full with { Recipient = new(), Story = new() }));
        Assert.Equal("no", Sample.Text(body, full with { Recipient = new() { Angle = " " }, Story = new() { Body = "" } }));
    }

    [Theory]
    [InlineData("fr", "{{ story.embargoUntil }}", "lundi 1er mars 2027 à 14\u00A0h\u00A030 (UTC+1; 13:30 UTC)")]
    [InlineData("en", "{{ story.embargoUntil }}", "Monday 1 March 2027, 14:30 (UTC+1; 13:30 UTC)")]
    [InlineData("de", "{{ story.embargoUntil | date }}", "Montag, 1. März 2027, 14:30 Uhr (UTC+1; 13:30 UTC)")]
    [InlineData("es", "{{ story.embargoUntil }}", "lunes, 1 de marzo de 2027, 14:30 (UTC+1; 13:30 UTC)")]
    [InlineData("it", "{{ story.embargoUntil }}", "lunedì 1 marzo 2027, 14:30 (UTC+1; 13:30 UTC)")]
    [InlineData("nl", "{{ story.embargoUntil }}", "maandag 1 maart 2027, 14:30 (UTC+1; 13:30 UTC)")]
    [InlineData("xx-unknown", "{{ story.embargoUntil }}", "Monday 1 March 2027, 14:30 (UTC+1; 13:30 UTC)")]
    [InlineData("fr", "{{ story.embargoUntil | date: '%A %-d %B %Y, %H:%M' }}", "lundi 1 mars 2027, 14:30")]
    [InlineData("en", "{{ story.embargoUntil | date: '%F %T %z %Z %% %Q' }}", "2027-03-01 14:30:00 +0100 UTC+1 % %Q")]
    [InlineData("en", "{{ '2027-07-14' | date: '%d/%m/%y %R' }}", "14/07/27 02:00")]
    [InlineData("en", "{{ 'soon' | date: '%d' }}", "soon")]
    public void Dates_AreInTheLanguageAndTheRecipientsZone(string language, string body, string expected)
    {
        Assert.Equal(expected, Sample.Text(body, language: language));
    }

    [Fact]
    public void Dates_WithoutAKnownZone_AreUtc()
    {
        Assert.Equal("Monday 1 March 2027, 13:30 (UTC)", Sample.Text("{{ story.embargoUntil }}", Sample.Values with { TimeZone = "Mars/Olympus" }));
        Assert.Equal("Monday 1 March 2027, 19:15 (UTC+5:45; 13:30 UTC)", Sample.Text("{{ story.embargoUntil }}", Sample.Values with { TimeZone = "Asia/Kathmandu" }));
        Assert.Equal("Monday 1 March 2027, 10:00 (UTC-3:30; 13:30 UTC)", Sample.Text("{{ story.embargoUntil }}", Sample.Values with { TimeZone = "America/St_Johns" }));
    }
}
