using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using System.Text.Json;
using InfluencerCrm.Core.Errors;

namespace InfluencerCrm.Core.Archives;

/// <summary>Reads the rows of one table: a JSON object a line. What is held is one row.</summary>
internal static class ArchiveRows
{
    /// <summary>The largest file of a story, as base64, has half as many.</summary>
    private const int LongestRow = 64 * 1024 * 1024;

    /// <returns>The members in the order of the table's columns. The array is used again for the next row.</returns>
    /// <exception cref="Malformed">A row cannot be understood.</exception>
    public static async IAsyncEnumerable<object?[]> ReadAsync(Stream stream, ArchiveTable table, [EnumeratorCancellation] CancellationToken ct)
    {
        var columns = table.Columns.Select((c, i) => (c, i)).ToDictionary(c => c.c.Name, c => c.i, StringComparer.Ordinal);
        var values = new object?[columns.Count];
        var pipe = PipeReader.Create(stream, new StreamPipeReaderOptions(bufferSize: 64 * 1024));
        var line = 0L;
        try
        {
            while (true)
            {
                var read = await FillAsync(pipe, ct);
                var buffer = read.Buffer;
                while (buffer.PositionOf((byte)'\n') is { } end)
                {
                    Parse(buffer.Slice(0, end), table, columns, values, ++line);
                    yield return values;
                    buffer = buffer.Slice(buffer.GetPosition(1, end));
                }

                if (buffer.Length > LongestRow)
                {
                    throw ArchiveJson.BadRow(table.Name, line + 1, "it is longer than any row");
                }

                if (read.IsCompleted)
                {
                    if (!buffer.IsEmpty)
                    {
                        throw ArchiveJson.BadRow(table.Name, line + 1, "it has no end");
                    }

                    yield break;
                }

                pipe.AdvanceTo(buffer.Start, buffer.End);
            }
        }
        finally
        {
            await pipe.CompleteAsync();
        }
    }

    private static async Task<ReadResult> FillAsync(PipeReader pipe, CancellationToken ct)
    {
        try
        {
            return await pipe.ReadAsync(ct);
        }
        catch (InvalidDataException exception)
        {
            throw ArchiveFile.NotAnArchive(exception.Message);
        }
        catch (EndOfStreamException exception)
        {
            throw ArchiveFile.NotAnArchive(exception.Message);
        }
    }

    private static void Parse(in ReadOnlySequence<byte> row, ArchiveTable table, Dictionary<string, int> columns, object?[] values, long line)
    {
        Array.Clear(values);
        Span<bool> seen = stackalloc bool[values.Length];
        var member = "";
        try
        {
            var json = new Utf8JsonReader(row);
            if (!json.Read() || json.TokenType != JsonTokenType.StartObject)
            {
                throw new JsonException("it is no JSON object");
            }

            while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
            {
                member = json.GetString()!;
                if (!columns.TryGetValue(member, out var column))
                {
                    throw ArchiveJson.BadRow(table.Name, line, $"\"{(member.Length > 100 ? member[..100] : member)}\" is no member of this table");
                }

                if (seen[column])
                {
                    throw ArchiveJson.BadRow(table.Name, line, $"{member} stands there twice");
                }

                seen[column] = true;
                json.Read();
                values[column] = ArchiveJson.Read(ref json, table.Columns[column].Property);
            }

            if (json.Read())
            {
                throw new JsonException("something stands behind it");
            }
        }
        catch (Exception exception) when (exception is JsonException or FormatException or InvalidOperationException or OverflowException or NotSupportedException or ArgumentException)
        {
            throw ArchiveJson.BadRow(table.Name, line, $"{member} cannot be read ({ArchiveJson.Reason(exception)})".Trim());
        }

        for (var i = 0; i < values.Length; i++)
        {
            if (values[i] is null && !table.Columns[i].Property.IsNullable)
            {
                throw ArchiveJson.BadRow(table.Name, line, $"{table.Columns[i].Name} is missing");
            }
        }
    }
}
