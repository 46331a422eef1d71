using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using InfluencerCrm.Core;
using InfluencerCrm.Core.Data;
using InfluencerCrm.Data.Sqlite;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.Extensions.DependencyInjection;

namespace InfluencerCrm.Benchmarks.Api;

/// <summary>The database that is read: written once for each state of the migrations and of the generator, and then kept.</summary>
internal static class ApiData
{
    public const string Make = "api-data";

    /// <summary>Raise it when the generator writes other rows than before.</summary>
    private const int Generation = 1;

    public static async Task<string> FileAsync(double scale)
    {
        var folder = Path.Combine("artifacts", "bench-data");
        var schema = await SchemaAsync();
        var file = Path.GetFullPath(Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"api-{schema}-{scale}.db")));
        if (File.Exists(file))
        {
            return file;
        }

        Directory.CreateDirectory(folder);
        foreach (var old in Directory.EnumerateFiles(folder, string.Create(CultureInfo.InvariantCulture, $"api-*-{scale}.db*")))
        {
            File.Delete(old);
        }

        Console.Error.WriteLine("Writing the data, once for these migrations …");
        Console.Error.WriteLine(await Child.RunAsync(Make, file + ".new", scale.ToString(CultureInfo.InvariantCulture)));
        File.Move(file + ".new", file);
        return file;
    }

    /// <summary>Ten digits for all that the migrations say; their names alone would miss one that is still being written.</summary>
    private static async Task<string> SchemaAsync()
    {
        await using var services = new ServiceCollection().AddCrmDatabase(new SqliteProvider(), "Data Source=:memory:").BuildServiceProvider();
        await using var db = await services.GetRequiredService<IDbContextFactory<CrmDbContext>>().CreateDbContextAsync();
        var script = db.GetService<IMigrator>().GenerateScript();
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{Generation} {script}")))[..10];
    }

    /// <summary>Reads a column of keys or names, to ask for things that are there.</summary>
    public static List<T> Column<T>(string file, string sql)
    {
        using var connection = new SqliteConnection($"Data Source={file};Mode=ReadOnly;Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var values = new List<T>();
        while (reader.Read())
        {
            values.Add(reader.GetFieldValue<T>(0));
        }

        return values;
    }
}
