using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace InfluencerCrm.Api.Tests.Fuzz;

/// <summary>Every table of the database as one number each, whatever the order of its rows.</summary>
internal static class DatabaseDigest
{
    // A key that is used says when, once a minute; that is no write of the request's.
    private static readonly string[] OfUsedKeys = ["LastUsedAt", "UpdatedAt", "Version"];

    // Reading a person's dossier is itself written down.
    private const string AuditOfReads = "WHERE \"Note\" IS NULL OR \"Note\" NOT LIKE '% exported'";

    public static async Task<IReadOnlyDictionary<string, string>> OfAsync(CrmApp app, CancellationToken ct)
    {
        await using var product = app.AsProduct();
        var tables = product.Db.Model.GetEntityTypes().Where(e => e.GetTableName() is not null).GroupBy(e => StoreObjectIdentifier.Table(e.GetTableName()!, e.GetSchema()));
        var digests = new SortedDictionary<string, string>(StringComparer.Ordinal);
        await product.Db.Database.OpenConnectionAsync(ct);
        foreach (var table in tables)
        {
            var columns = table.SelectMany(e => e.GetProperties()).Select(p => p.GetColumnName(table.Key)).OfType<string>().Distinct()
                .Where(c => table.Key.Name != "ApiKeys" || !OfUsedKeys.Contains(c)).Order(StringComparer.Ordinal).ToList();
            digests[table.Key.Name] = await OfAsync(product.Db, table.Key.Name, columns, ct);
        }

        return digests;
    }

    private static async Task<string> OfAsync(DbContext db, string table, IReadOnlyList<string> columns, CancellationToken ct)
    {
        await using var command = db.Database.GetDbConnection().CreateCommand();
#pragma warning disable CA2100 // Names of the model's own tables and columns.
        command.CommandText = $"SELECT {string.Join(", ", columns.Select(c => $"\"{c}\""))} FROM \"{table}\" {(table == "AuditEntries" ? AuditOfReads : "")}";
#pragma warning restore CA2100
        await using var rows = await command.ExecuteReaderAsync(ct);
        var sum = new byte[SHA256.HashSizeInBytes];
        var count = 0;
        while (await rows.ReadAsync(ct))
        {
            var row = new StringBuilder();
            for (var i = 0; i < rows.FieldCount; i++)
            {
                row.Append(rows.GetValue(i) is byte[] bytes ? Convert.ToHexString(bytes) : Convert.ToString(rows.GetValue(i), CultureInfo.InvariantCulture)).Append('\u001f');
            }

            var hash = SHA256.HashData(Encoding.UTF8.GetBytes(row.ToString()));
            for (var i = 0; i < hash.Length; i++)
            {
                sum[i] += hash[i];
            }

            count++;
        }

        return $"{count} rows {Convert.ToHexString(sum)}";
    }
}
