using System.Text;
using InfluencerCrm.Core.Errors;
using InfluencerCrm.Core.Imports.Reading;

namespace InfluencerCrm.Core.Tests.Imports.Reading;

public sealed class HeadingRowsTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public void KnownHeadingsInTheFirstRow_AreTaken() =>
        Assert.Equal((0, "Name"), First([["Name", "Email"], ["Ann", "ann@example.org"]]));

    [Fact]
    public void UnknownHeadings_AreTheFirstRow() =>
        Assert.Equal((0, "Foo"), First([["Foo", "Bar"], ["Ann", "ann@example.org"]]));

    [Fact]
    public void ATitleAloneAboveUnknownHeadings_IsNoHeading() =>
        Assert.Equal((1, "Foo"), First([["Fichier presse", ""], ["Foo", "Bar"], ["Ann", "ann@example.org"]]));

    [Theory]
    [InlineData("Média;Type;Tirage")]
    [InlineData("Date;Titre;Lien")]
    [InlineData("Destinataire;Motif;Désinscrit")]
    public void TitlesAboveHeadingsOfAnotherKindOfFile_AreNoHeadings(string headings)
    {
        var cells = headings.Split(';');

        Assert.Equal((2, cells[0]), First([["Agence Passerelle", "", ""], ["Export", "novembre", "2026"], cells, ["x", "y", "z"]]));
    }

    [Fact]
    public void ARowOfPeopleWithAWordThatIsAHeading_IsNoHeading() =>
        Assert.Equal((0, "Name"), First([["Name", "Email", "Outlet"], ["Ann", "ann@example.org", "Journal"]]));

    [Fact]
    public void GroupsAboveHeadings_SayWhoseTheyAre()
    {
        var (_, headings) = HeadingRows.Find([["Média", "", "Journaliste", "", "Privé"], ["Nom", "Ville", "Nom", "E-mail", "Téléphone"]]);

        Assert.Equal(["Média", "Ville", "Nom", "E-mail", "Privé Téléphone"], headings);
    }

    [Fact]
    public void HeadingsAreLookedForInTwentyRowsOnly()
    {
        var title = Enumerable.Repeat(new[] { "x", "y" }, 25).Append(["Name", "Email"]).ToList();

        Assert.True(HeadingRows.IsEnough(title[..20]));
        Assert.Equal((0, "x"), First([.. title[..20]]));
    }

    [Fact]
    public async Task ABrokenRowAmongTheFirst_IsARowWithItsFault()
    {
        var rows = await RowsAsync("Title\n\"never closed,x\nName,Email\nAnn,ann@example.org\n", "\"Bea\" \"Two\",b@example.org\nCid,cid@example.org\n");

        Assert.Equal([(4, null), (5, "badQuotes"), (6, null)], rows.Select(r => (r.Line, r.Fault?.Code)));
    }

    [Fact]
    public async Task ABrokenFirstRow_RefusesTheFile()
    {
        var error = await Assert.ThrowsAsync<Malformed>(() => RowsAsync("\"Name\" x,Email\nAnn,ann@example.org\n"));

        Assert.Equal("importHeader", error.Code);
    }

    [Fact]
    public async Task AFileOfTitlesOnly_HasNoRowsOfPeople()
    {
        var rows = await RowsAsync("Fichier presse\nConfidentiel\n");

        Assert.Equal("Confidentiel", Assert.Single(rows).Cells[0]);
    }

    private static (int Index, string First) First(string[][] rows)
    {
        var (index, headings) = HeadingRows.Find(rows);
        return (index, headings[0]);
    }

    private static async Task<List<TableRow>> RowsAsync(params string[] parts)
    {
        using var source = new MemoryStream(Encoding.UTF8.GetBytes(string.Concat(parts)));
        await using var reader = await TableFile.OpenAsync(source, TableFormat.Csv, TableLimits.Default, Ct);
        return await reader.ReadRowsAsync(Ct).ToListAsync(Ct);
    }
}
