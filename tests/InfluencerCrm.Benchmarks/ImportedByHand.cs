using System.Diagnostics;
using System.Globalization;
using CsvHelper;
using Microsoft.Data.Sqlite;

namespace InfluencerCrm.Benchmarks;

/// <summary>What the import is held against: the same CSV, one prepared SELECT for each address, one prepared INSERT into the product's own table.</summary>
internal static class ImportedByHand
{
    private const int BatchRows = 1000;

    public static async Task<int> RunAsync(string csv, string file)
    {
        var watch = Stopwatch.StartNew();
        await using var connection = new SqliteConnection($"Data Source={file};Pooling=False");
        await connection.OpenAsync();
        await ExecuteAsync(connection, "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA mmap_size=268435456; PRAGMA cache_size=-16384; PRAGMA temp_store=MEMORY;");

        // The bare loop searches nothing, so it need not pay for the product's index.
        await ExecuteAsync(connection, "DROP TRIGGER \"InfluencersSearchTextInserted\"");
        await using var find = connection.CreateCommand();
        find.CommandText = "SELECT Id FROM Influencers WHERE Email = $email";
        var wanted = find.Parameters.Add("$email", SqliteType.Text);
        await find.PrepareAsync();
        await using var insert = connection.CreateCommand();
        insert.CommandText = """
            INSERT INTO Influencers (Kind, DisplayName, FirstName, LastName, Email, Phone, Country, City, Language, Languages, Tags, About,
                DisplayNameSearch, FirstNameSearch, LastNameSearch, SearchText, Version, CreatedAt, UpdatedAt, BioSearch, IsDesk, EmailStatus, Vip, DoNotContact)
            VALUES ('Journalist', $name, $first, $last, $email, $phone, $country, $city, $language, '[]', $tags, $notes,
                $nameKey, $firstKey, $lastKey, $search, $version, $now, $now, '', 0, 'Unknown', 0, 0)
            """;
        string[] names = ["$name", "$first", "$last", "$email", "$phone", "$country", "$city", "$language", "$tags", "$notes", "$nameKey", "$firstKey", "$lastKey", "$search", "$version", "$now"];
        var values = names.Select(n => insert.Parameters.Add(n, SqliteType.Text)).ToArray();
        await insert.PrepareAsync();
        using var reader = CsvReader.FromFile(csv);
        var transaction = connection.BeginTransaction();
        var count = 0;
        while (reader.Read())
        {
            (find.Transaction, insert.Transaction) = (transaction, transaction);
            var (first, last, email) = (reader.GetString(0), reader.GetString(1), reader.GetString(2));
            wanted.Value = email;
            if (email.Contains('@', StringComparison.Ordinal) && await find.ExecuteScalarAsync() is null)
            {
                var name = $"{first} {last}";
                object[] row =
                [
                    name, first, last, email, reader.GetString(3), reader.GetString(7), reader.GetString(8), reader.GetString(9), reader.GetString(10), reader.GetString(11),
                    name.ToLowerInvariant(), first.ToLowerInvariant(), last.ToLowerInvariant(), $"{name} {email} {reader.GetString(8)} {reader.GetString(10)} {reader.GetString(11)}".ToLowerInvariant(),
                    Guid.NewGuid().ToString(), "2026-01-01 00:00:00",
                ];
                for (var i = 0; i < row.Length; i++)
                {
                    values[i].Value = row[i];
                }

                await insert.ExecuteNonQueryAsync();
            }

            if (++count % BatchRows == 0)
            {
                await transaction.CommitAsync();
                await transaction.DisposeAsync();
                transaction = connection.BeginTransaction();
            }
        }

        await transaction.CommitAsync();
        await transaction.DisposeAsync();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{count} {watch.Elapsed.TotalSeconds:0.000}"));
        return 0;
    }

    private static async Task ExecuteAsync(SqliteConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }
}
