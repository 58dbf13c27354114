using Semblance.Gallery.Search;

namespace Semblance.Gallery.Sqlite;

/// <summary>The float32 vectors behind an INT8 index, read one by one. Thread-safe.</summary>
internal sealed class SqliteVectors(SqliteConnections connections, VectorBytes bytes) : IReferenceVectors
{
    public bool TryRead(long id, Span<float> vector)
    {
        float[]? read = connections.Read(connection =>
        {
            using var command = connection.Command(
                "SELECT id, vector FROM reference WHERE number = $number",
                ("$number", IndexKey.Of(id).Reference)
            );
            using var row = command.ExecuteReader();
            return row.Read() ? bytes.Unpack(row.Id(0), row.GetFieldValue<byte[]>(1)) : null;
        });
        read?.CopyTo(vector);
        return read is not null;
    }
}
