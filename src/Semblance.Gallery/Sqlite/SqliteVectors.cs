using Microsoft.Data.Sqlite;
using Semblance.Gallery.Identifying;
using Semblance.Gallery.Search;

namespace Semblance.Gallery.Sqlite;

/// <summary>The float32 vectors behind an INT8 index, read one by one. Thread-safe.</summary>
internal sealed class SqliteVectors(SqliteConnections connections, VectorBytes bytes) : IReferenceVectors
{
    public bool TryRead(long id, Span<float> vector, out float bias)
    {
        (float[] Vector, float Bias)? read = connections.Read(connection =>
        {
            using SqliteCommand command = connection.Command(
                "SELECT r.number, r.id, p.id, r.vector, r.baseline FROM reference r JOIN person p ON p.number = r.person WHERE "
                    + "r.number = $number",
                ("$number", IndexKey.Of(id).Reference)
            );
            using SqliteDataReader row = command.ExecuteReader();
            return row.Read()
                ? SqliteRows.One(command, row, "reference", own =>
                    (bytes.Unpack(own.Id(1), own.Id(2), own.GetFieldValue<byte[]>(3)), BiasOf(own, 4))
                )
                : ((float[], float)?)null;
        });
        bias = read?.Bias ?? 0;
        read?.Vector.CopyTo(vector);
        return read is not null;
    }

    /// <summary>The baseline in a column.</summary>
    /// <exception cref="FormatException">It is no mean of similarities.</exception>
    public static float BaselineOf(SqliteDataReader row, int column) =>
        row.GetFloat(column) is var baseline && MathF.Abs(baseline) <= (float)UnitVectors.LargestCosine
            ? baseline
            : throw new FormatException("the baseline is no mean of similarities");

    private static float BiasOf(SqliteDataReader row, int column) =>
        FusedSimilarity.BiasOf(row.IsDBNull(column) ? null : BaselineOf(row, column));
}
