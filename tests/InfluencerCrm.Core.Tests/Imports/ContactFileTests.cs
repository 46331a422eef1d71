using System.Text;
using InfluencerCrm.Core.Errors;
using InfluencerCrm.Core.Imports.Mapping;
using InfluencerCrm.Core.Imports.Reading;

namespace InfluencerCrm.Core.Tests.Imports;

/// <summary>Each file of tests/data/contacts with a <c>.expected</c> beside it comes out row by row as that says.</summary>
public sealed class ContactFileTests
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "data", "contacts");

    public static TheoryData<string> Files => [.. Directory.GetFiles(Folder, "*.expected").Select(f => Path.GetFileNameWithoutExtension(f)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Files))]
    public async Task File_ComesOutAsExpected(string name)
    {
        var expected = await File.ReadAllTextAsync(Path.Combine(Folder, name + ".expected"), TestContext.Current.CancellationToken);

        var actual = await OutcomeAsync(Path.Combine(Folder, name), TestContext.Current.CancellationToken);

        Assert.Equal(expected.ReplaceLineEndings("\n").Trim(), actual.Trim());
    }

    [Fact]
    public void ThereAreFiles() => Assert.True(Files.Count >= 15);

    private static async Task<string> OutcomeAsync(string path, CancellationToken ct)
    {
        var outcome = new StringBuilder();
        await using var file = File.OpenRead(path);
        try
        {
            await using var reader = await TableFile.OpenAsync(file, null, TableLimits.Default, ct);
            outcome.Append(reader.Description).Append('\n');
            var map = ColumnMap.Guess(reader.Headings);
            if (map.Ignored.Count > 0)
            {
                outcome.Append("ignored: ").AppendJoin(", ", map.Ignored).Append('\n');
            }

            var people = new PersonRowReader(map);
            await foreach (var row in reader.ReadRowsAsync(ct))
            {
                outcome.Append(row.Line).Append(' ');
                Describe(people.Read(row, out var problems), outcome);
                foreach (var problem in problems)
                {
                    outcome.Append(problem.Refuses ? " REFUSED " : " warning ").Append(problem.Code).Append(problem.Column is null ? "" : $" ({problem.Column})");
                }

                outcome.Append('\n');
            }
        }
        catch (CrmError error)
        {
            outcome.Append("ERROR ").Append(error.Code).Append('\n');
        }

        return outcome.ToString();
    }

    private static void Describe(PersonRow? person, StringBuilder outcome)
    {
        if (person is null)
        {
            outcome.Append('-');
            return;
        }

        outcome.Append(person.DisplayName);
        Part("first", person.FirstName);
        Part("last", person.LastName);
        Part("email", Join(person.Emails.Select(e => e.IsShared ? e.Key + " (shared)" : e.Key)));
        Part("phone", Join(person.Phones));
        Part("kind", person.Kind);
        Part("outlet", person.Outlet);
        Part("function", person.Function);
        Part("beat", person.Beat);
        Part("topics", Join(person.Topics));
        Part("country", person.Country);
        Part("city", person.City);
        Part("language", Join(person.Languages));
        Part("tags", Join(person.Tags));
        Part("bio", person.Bio);
        Part("notes", person.Notes);
        Part("url", person.Url);
        Part("twitter", person.Twitter);
        Part("source", person.Source);
        Part("desk", person.IsDesk ? "yes" : null);
        Part("optOut", person.DoNotContact ? person.DoNotContactReason ?? "yes" : null);

        void Part(string name, string? value) =>
            outcome.Append(value is null ? "" : $" | {name}={value.Replace("\n", "\\n", StringComparison.Ordinal)}");

        static string? Join(IEnumerable<string> values) => string.Join(" + ", values) is { Length: > 0 } joined ? joined : null;
    }
}
