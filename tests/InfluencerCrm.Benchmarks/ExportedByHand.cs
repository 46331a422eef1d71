using System.Diagnostics;
using System.Globalization;
using System.Text;
using Microsoft.Data.Sqlite;

namespace InfluencerCrm.Benchmarks;

/// <summary>What the export is held against: four hand-written queries in the order of people, read side by side, and a StreamWriter.</summary>
internal static class ExportedByHand
{
    private const string People = """
        SELECT Id, DisplayName, FirstName, LastName, Kind, CoverageArea, Tags, Country, City, Language, Languages, Bio, About, DoNotContact, DoNotContactReason, DataSource,
            InfluenceScore, RelationshipScore, Vip, LastInteractionAt, LastCoverageAt
        FROM Influencers WHERE ArchivedAt IS NULL AND ErasedAt IS NULL ORDER BY Id
        """;

    private const string Points = "SELECT InfluencerId, Kind, Value FROM ContactPoints WHERE InfluencerId IS NOT NULL ORDER BY InfluencerId";

    private const string Roles = "SELECT a.InfluencerId, o.Name, a.Function, a.Beat FROM Affiliations a JOIN Outlets o ON o.Id = a.OutletId WHERE a.\"To\" IS NULL AND a.InfluencerId IS NOT NULL ORDER BY a.InfluencerId";

    private const string Topics = "SELECT t.InfluencerId, n.Name FROM InfluencerTopics t JOIN Topics n ON n.Id = t.TopicId WHERE t.Stance = 'Covers' ORDER BY t.InfluencerId";

    public static async Task<int> RunAsync(string file, string target)
    {
        var before = Memory.Now();
        using var peak = new PeakMemory();
        var watch = Stopwatch.StartNew();
        await using var connection = new SqliteConnection($"Data Source={file};Pooling=False");
        await connection.OpenAsync();
        using var points = await ReadAsync(connection, Points);
        using var roles = await ReadAsync(connection, Roles);
        using var topics = await ReadAsync(connection, Topics);
        using var people = await ReadAsync(connection, People);
        var count = 0;
        await using (var csv = new StreamWriter(target, false, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true)))
        {
            var (point, role, topic) = (points.Read(), roles.Read(), topics.Read());
            var line = new StringBuilder();
            while (people.Read())
            {
                var id = people.GetInt32(0);
                string email = "", phone = "", outlet = "", function = "", about = "";
                for (; point && points.GetInt32(0) <= id; point = points.Read())
                {
                    if (points.GetString(1) == "Email")
                    {
                        email = email.Length == 0 ? points.GetString(2) : $"{email}; {points.GetString(2)}";
                    }
                    else
                    {
                        phone = points.GetString(2);
                    }
                }

                for (; role && roles.GetInt32(0) <= id; role = roles.Read())
                {
                    (outlet, function) = (roles.GetString(1), Text(roles, 2));
                }

                for (; topic && topics.GetInt32(0) <= id; topic = topics.Read())
                {
                    about = about.Length == 0 ? topics.GetString(1) : $"{about}; {topics.GetString(1)}";
                }

                line.Clear();
                foreach (var cell in (ReadOnlySpan<string>)[Text(people, 1), Text(people, 2), Text(people, 3), Text(people, 4), email, phone, outlet, function, Text(people, 5), about])
                {
                    Append(line, cell);
                }

                for (var i = 6; i < people.FieldCount; i++)
                {
                    Append(line, Text(people, i));
                }

                line.Append(CultureInfo.InvariantCulture, $"{id}\r\n");
                await csv.WriteAsync(line);
                count++;
            }
        }

        var seconds = watch.Elapsed.TotalSeconds;
        var most = peak.Most();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{count} {seconds:0.000} {(most.Private - before.Private) >> 20} {(most.Resident - before.Resident) >> 20}"));
        return 0;
    }

    private static void Append(StringBuilder line, string cell) =>
        _ = cell.AsSpan().ContainsAny("\",;\r\n") ? line.Append('"').Append(cell.Replace("\"", "\"\"", StringComparison.Ordinal)).Append("\",") : line.Append(cell).Append(',');

    private static string Text(SqliteDataReader reader, int column) => reader.IsDBNull(column) ? "" : reader.GetString(column);

    private static async Task<SqliteDataReader> ReadAsync(SqliteConnection connection, string sql)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        return await command.ExecuteReaderAsync();
    }
}
