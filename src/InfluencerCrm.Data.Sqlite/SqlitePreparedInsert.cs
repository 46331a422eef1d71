using System.Buffers;
using System.Data.Common;
using System.Globalization;
using System.Text;
using InfluencerCrm.Core.Data;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace InfluencerCrm.Data.Sqlite;

/// <summary>
/// The driver looks each parameter up by name and opens a reader for each execution; seven rows a person make that the larger part of an
/// import. Values are stored as Microsoft.Data.Sqlite stores them.
/// </summary>
internal sealed class SqlitePreparedInsert : IPreparedInsert
{
    private readonly sqlite3 _database;
    private readonly sqlite3_stmt _statement;
    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(4096);

    public SqlitePreparedInsert(SqliteConnection connection, string sql)
    {
        Connection = connection;
        _database = connection.Handle ?? throw new InvalidOperationException("The connection is closed.");
        SqliteException.ThrowExceptionForRC(raw.sqlite3_prepare_v3(_database, sql, raw.SQLITE_PREPARE_PERSISTENT, out _statement), _database);
    }

    public DbConnection Connection { get; }

    public void Bind(int position, object? value)
    {
        var index = position + 1;
        var result = value switch
        {
            null => raw.sqlite3_bind_null(_statement, index),
            string text => BindText(index, text),
            int number => raw.sqlite3_bind_int(_statement, index, number),
            long number => raw.sqlite3_bind_int64(_statement, index, number),
            bool truth => raw.sqlite3_bind_int(_statement, index, truth ? 1 : 0),
            double number => raw.sqlite3_bind_double(_statement, index, number),
            DateTime time => BindText(index, time.ToString(@"yyyy\-MM\-dd HH\:mm\:ss.FFFFFFF", CultureInfo.InvariantCulture)),
            Guid guid => BindGuid(index, guid),
            byte[] bytes => raw.sqlite3_bind_blob(_statement, index, bytes),
            decimal number => BindText(index, number.ToString("0.0###########################", CultureInfo.InvariantCulture)),
            DateOnly day => BindText(index, day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)),
            _ => throw new NotSupportedException($"A value of {value.GetType().Name} has no form in this database yet."),
        };
        if (result != raw.SQLITE_OK)
        {
            SqliteException.ThrowExceptionForRC(result, _database);
        }
    }

    public long Execute()
    {
        var result = raw.sqlite3_step(_statement);
        if (result != raw.SQLITE_DONE)
        {
            try
            {
                SqliteException.ThrowExceptionForRC(result, _database);
            }
            finally
            {
                raw.sqlite3_reset(_statement);
            }
        }

        raw.sqlite3_reset(_statement);
        return raw.sqlite3_last_insert_rowid(_database);
    }

    public void Dispose()
    {
        _statement.Dispose();
        ArrayPool<byte>.Shared.Return(_buffer, clearArray: true);
        _buffer = [];
    }

    private int BindText(int index, string text)
    {
        if (text.Length == 0)
        {
            return raw.sqlite3_bind_text(_statement, index, "");
        }

        var most = Encoding.UTF8.GetMaxByteCount(text.Length);
        if (_buffer.Length < most)
        {
            ArrayPool<byte>.Shared.Return(_buffer, clearArray: true);
            _buffer = ArrayPool<byte>.Shared.Rent(most);
        }

        return raw.sqlite3_bind_text(_statement, index, _buffer.AsSpan(0, Encoding.UTF8.GetBytes(text, _buffer)));
    }

    private int BindGuid(int index, Guid guid)
    {
        Span<char> text = stackalloc char[36];
        Span<byte> bytes = stackalloc byte[36];
        guid.TryFormat(text, out _, "D");
        Ascii.ToUpper(text, bytes, out _);
        return raw.sqlite3_bind_text(_statement, index, bytes);
    }
}
