using InfluencerCrm.Core.Data;
using InfluencerCrm.Core.Imports.Columns;
using InfluencerCrm.Core.Imports.Mapping;
using InfluencerCrm.Core.Outlets;

namespace InfluencerCrm.Core.Imports.Places;

/// <summary>One outlet as a row gives it; null and empty are what the row does not say.</summary>
internal sealed record OutletRow
{
    public required string Name { get; init; }

    public OutletKind? Kind { get; init; }

    public string? Parent { get; init; }

    public OutletUnit? Unit { get; init; }

    public OutletScope? Scope { get; init; }

    public string? Country { get; init; }

    public string? Language { get; init; }

    public string? TimeZone { get; init; }

    public string? Url { get; init; }

    public IReadOnlyList<string> Feeds { get; init; } = [];

    public IReadOnlyList<PersonEmail> Emails { get; init; } = [];

    public IReadOnlyList<string> Phones { get; init; } = [];

    public int? Audience { get; init; }

    public string? AudienceSource { get; init; }

    public string? Periodicity { get; init; }

    public string? ClosingDay { get; init; }

    public IReadOnlyList<string> Authors { get; init; } = [];

    public string Key => People.OutletNames.KeyOf(Name);

    /// <returns>Null where the row is refused; the cells say why.</returns>
    public static OutletRow? Read(RowCells<OutletField> cells, RowLimits limits)
    {
        var feeds = cells.WebAddress(OutletField.Feed, limits.Of<Watch.Feed>(nameof(Watch.Feed.Url)));
        var row = new OutletRow
        {
            Name = cells.Line(OutletField.Name, limits.Of<Outlet>(nameof(Outlet.Name))) ?? "",
            Kind = cells.Word(OutletField.Kind, OutletWords.Kind, "unknownKind", "no kind of outlet"),
            Parent = cells.Line(OutletField.Parent, limits.Of<Outlet>(nameof(Outlet.Name))),
            Unit = cells.Word(OutletField.Unit, OutletWords.Unit, "unknownUnit", "no part of an outlet"),
            Scope = cells.Word(OutletField.Scope, OutletWords.Scope, "unknownScope", "no scope of an outlet"),
            Country = cells.Country(OutletField.Country),
            Language = cells.Language(OutletField.Language),
            TimeZone = cells.Checked(OutletField.TimeZone, t => Check.IsTimeZone(t) ? t : null, "unknownTimeZone", "no time zone"),
            Url = cells.WebAddress(OutletField.Url, limits.Of<Outlet>(nameof(Outlet.Url))),
            Feeds = feeds is null ? [] : [feeds],
            Emails = cells.Emails(OutletField.Email),
            Phones = cells.List(OutletField.Phone, limits.Of<Influencers.ContactPoint>(nameof(Influencers.ContactPoint.Value))),
            Audience = cells.Number(OutletField.Audience),
            AudienceSource = cells.Line(OutletField.AudienceSource, limits.Of<Outlet>(nameof(Outlet.AudienceSource))),
            Periodicity = cells.Line(OutletField.Periodicity, limits.Of<Outlet>(nameof(Outlet.Periodicity))),
            ClosingDay = cells.Line(OutletField.ClosingDay, limits.Of<Outlet>(nameof(Outlet.ClosingDay))),
            Authors = cells.List(OutletField.Author, PersonLimits.Name),
        };
        if (!cells.IsRefused && row.Key.Length == 0)
        {
            cells.Refuse("noName", "The row has no name of an outlet.");
        }

        return cells.IsRefused ? null : row;
    }

    public OutletChanges ToChanges(int? parentId) => new()
    {
        Name = Name,
        Kind = Kind ?? default(Optional<OutletKind>),
        ParentId = parentId is null ? default : parentId,
        Unit = Unit ?? default(Optional<OutletUnit>),
        Scope = Scope ?? default(Optional<OutletScope>),
        Country = Given(Country),
        Language = Given(Language),
        TimeZone = Given(TimeZone),
        Url = Given(Url),
        Audience = Audience is null ? default : Audience,
        AudienceSource = Given(AudienceSource),
        Periodicity = Given(Periodicity),
        ClosingDay = Given(ClosingDay),
    };

    /// <summary>What the row leaves empty stays as it is.</summary>
    private static Optional<string?> Given(string? text) => text is null ? default : new Optional<string?>(text);
}
