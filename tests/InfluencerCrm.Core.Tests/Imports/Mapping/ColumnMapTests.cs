using InfluencerCrm.Core.Errors;
using InfluencerCrm.Core.Imports.Mapping;
using InfluencerCrm.Core.Imports.Reading;

namespace InfluencerCrm.Core.Tests.Imports.Mapping;

public sealed class ColumnMapTests
{
    [Fact]
    public void Nom_BesidePrenom_IsTheFamilyName() =>
        Assert.Equal([PersonField.LastName, PersonField.FirstName], ColumnMap.Guess(["Nom", "Prénom"]).Fields);

    [Fact]
    public void Nom_Alone_IsTheWholeName() =>
        Assert.Equal([PersonField.DisplayName, PersonField.Email], ColumnMap.Guess(["NOM", "Adresse e-mail"]).Fields);

    [Fact]
    public void Title_IsTheFunctionUnlessThereIsAnother()
    {
        Assert.Equal(PersonField.Function, ColumnMap.Guess(["Name", "Title"]).Fields[1]);
        Assert.Null(ColumnMap.Guess(["Name", "Title", "Job Title"]).Fields[1]);
    }

    [Fact]
    public void UnknownHeadings_AreToldApart() =>
        Assert.Equal(["Shoe size"], ColumnMap.Guess(["Email", "Shoe size", ""]).Ignored);

    [Fact]
    public void NoNamesAndNoAddresses_IsRefusedWithTheHeadingsFoundAndKnown()
    {
        var error = Assert.Throws<RuleViolation>(() => ColumnMap.Guess(["Montant", "Pays"]));

        Assert.Equal("importNoPersonColumn", error.Code);
        Assert.Contains("“Montant”", error.Message, StringComparison.Ordinal);
        Assert.Contains("Email", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Row_WithFirstAndLastName_KeepsThemAsWritten()
    {
        var person = Read(["Nom", "Prénom"], ["LEFÈVRE", "Zoé"], out _);

        Assert.Equal(("Zoé LEFÈVRE", "Zoé", "LEFÈVRE"), (person!.DisplayName, person.FirstName, person.LastName));
    }

    [Fact]
    public void Row_OfAFileWithNameParts_DoesNotPartTheWholeName()
    {
        var person = Read(["Display name", "First name", "Email"], ["Studio Nord", "", "a@example.org"], out _);

        Assert.Equal(("Studio Nord", null, null), (person!.DisplayName, person.FirstName, person.LastName));
    }

    [Fact]
    public void Row_ThatIsFaulty_IsRefusedWithItsFault()
    {
        var reader = new PersonRowReader(ColumnMap.Guess(["Email"]));

        var person = reader.Read(TableRow.Faulty(7, [], "unclosedQuote", "…"), out var problems);

        Assert.Null(person);
        Assert.Equal("unclosedQuote", Assert.Single(problems).Code);
    }

    [Theory]
    [InlineData("Subscribed", "yes", false)]
    [InlineData("Subscribed", "", false)]
    [InlineData("Subscribed", "no", true)]
    [InlineData("Email status", "Unsubscribed", true)]
    [InlineData("Opt-in", "0", true)]
    [InlineData("STOP", "x", true)]
    [InlineData("STOP", "-", false)]
    [InlineData("Do not contact", "true", true)]
    [InlineData("Do not contact", "False", false)]
    public void Opposition_IsReadFromEitherSide(string heading, string cell, bool opposed) =>
        Assert.Equal(opposed, Read(["Email", heading], ["a@example.org", cell], out _)!.DoNotContact);

    [Theory]
    [InlineData("Evil\r\nBcc: x@example.org", "controlCharacter")]
    [InlineData("Bell\aName", "controlCharacter")]
    [InlineData("Line\u2028Separator", "controlCharacter")]
    public void OneLineFields_RefuseWhatCouldBreakAHeader(string name, string code)
    {
        Assert.Null(Read(["Name", "Email"], [name, "a@example.org"], out var problems));

        Assert.Equal((code, "Name", true), (problems[0].Code, problems[0].Column, problems[0].Refuses));
    }

    [Fact]
    public void HalfACharacter_IsRefused()
    {
        Assert.Null(Read(["Name"], ["Half " + (char)0xD83D + " pair"], out var problems));
        Assert.Equal("controlCharacter", Assert.Single(problems).Code);
    }

    [Fact]
    public void OverlongTexts_AreRefused()
    {
        Assert.Null(Read(["Name"], [new string('x', 201)], out var problems));
        Assert.Equal("tooLong", Assert.Single(problems).Code);
    }

    [Fact]
    public void EveryReason_IsGivenAtOnce()
    {
        Assert.Null(Read(["Name", "Email", "City"], ["A\nB", "nothing", "C\0D"], out var problems));

        Assert.Equal(["controlCharacter", "badAddress", "controlCharacter"], problems.Select(p => p.Code));
    }

    [Fact]
    public void AReader_KeepsNothingOfTheRowBefore()
    {
        var reader = new PersonRowReader(ColumnMap.Guess(["Name", "Email", "STOP", "Tags"]));
        reader.Read(TableRow.Of(2, ["Ann", "bad", "x", "vip"]), out _);

        var person = reader.Read(TableRow.Of(3, ["Bea", "", "", ""]), out var problems)!;

        Assert.Empty(problems);
        Assert.Empty(person.Emails);
        Assert.Empty(person.Tags);
        Assert.False(person.DoNotContact);
    }

    private static PersonRow? Read(string[] headings, string[] cells, out IReadOnlyList<RowProblem> problems) =>
        new PersonRowReader(ColumnMap.Guess(headings)).Read(TableRow.Of(2, cells), out problems);
}
