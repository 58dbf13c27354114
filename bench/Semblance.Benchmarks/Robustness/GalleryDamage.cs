using Microsoft.Data.Sqlite;

namespace Semblance.Benchmarks.Robustness;

/// <summary>A way to damage a gallery's file, or to alter what it holds behind its back.</summary>
/// <param name="Name">What is done.</param>
/// <param name="Apply">Does it to a file that nobody has open.</param>
internal sealed record GalleryDamage(string Name, Action<string, Random> Apply)
{
    private const int Page = 4096;

    /// <summary>All of them.</summary>
    public static IReadOnlyList<GalleryDamage> All { get; } =
    [
        .. OfBytes(),
        Sql("vector of another length", "UPDATE reference SET vector = substr(vector, 1, {1}) WHERE number = {0}"),
        Sql("empty vector", "UPDATE reference SET vector = zeroblob({1}) WHERE number = {0}"),
        Sql("vector not finite", "UPDATE reference SET vector = unhex(replace(hex(zeroblob(512)), '00', '0000C07F')) WHERE number = {0}"),
        Sql("vector too long", "UPDATE reference SET vector = unhex(replace(hex(zeroblob(512)), '00', '00008040')) WHERE number = {0}"),
        Sql("vector as text", "UPDATE reference SET vector = 'none' WHERE number = {0}"),
        Sql("norm or quality no number", "UPDATE reference SET norm = 9e999, quality = 'good' WHERE number = {0}"),
        Sql("another norm", "UPDATE reference SET norm = norm * 2 WHERE number = {0}"),
        Sql("baseline altered", "UPDATE reference SET baseline = 0.9 WHERE number = {0}"),
        Sql("references exchanged", Exchange("reference", "person")),
        Sql("vectors exchanged", Exchange("reference", "vector")),
        Sql("names exchanged", Exchange("person", "name")),
        Sql("ids of people exchanged", Exchange("person", "id", between: "x'00'")),
        Sql("crops exchanged", Exchange("crop", "png", key: "reference")),
        Sql("crop no picture", "UPDATE crop SET png = zeroblob({1}) WHERE reference = {0}"),
        Sql("crop removed", "DELETE FROM crop WHERE reference = {0}"),
        Sql("name null", NotNull("name"), "UPDATE person SET name = NULL WHERE number = {0}"),
        Sql("name empty", "UPDATE person SET name = '' WHERE number = {0}"),
        Sql("name in bytes", "UPDATE person SET name = x'FF00FE' WHERE number = {0}"),
        Sql("consent and expiry altered", "UPDATE person SET consent = 'form 9', expires_at = 9223372036854775807 WHERE number = {0}"),
        Sql("expired", "UPDATE person SET expires_at = {1} WHERE number = {0}"),
        Sql("details no JSON", "UPDATE person SET metadata = '{{\"room\":' WHERE number = {0}"),
        Sql("details altered", "UPDATE person SET metadata = '{{\"room\":\"{1}\"}}' WHERE number = {0}"),
        Sql("tags and dismissals no lists", "UPDATE person SET tags = '17', dismissed = '{{}}' WHERE number = {0}"),
        Sql("id of another length", "UPDATE person SET id = substr(id, 1, 7) WHERE number = {0}"),
        Sql("kind not known", "UPDATE person SET kind = {1} WHERE number = {0}"),
        Sql("reference of nobody", "UPDATE reference SET person = 100000 + {0} WHERE number = {0}"),
        Sql("person removed", "DELETE FROM person WHERE number = {0}"),
        Sql("reference removed", "DELETE FROM reference WHERE number = {0}"),
        Sql("key_id null", "UPDATE gallery SET key_id = NULL"),
        Sql("key_check and secret cut", "UPDATE gallery SET key_check = substr(key_check, 1, 5), secret = substr(secret, 1, 9)"),
        Sql("key_check without key_id", "UPDATE gallery SET key_id = NULL, key_check = zeroblob(32), secret = zeroblob(32)"),
        Sql("log entry removed", "DELETE FROM audit WHERE sequence = {0}"),
        Sql("end of the log removed", "DELETE FROM audit WHERE sequence > {0}"),
        Sql("log emptied", "DELETE FROM audit"),
        Sql("log entry altered", "UPDATE audit SET reference_count = reference_count + 1, detail = 'none' WHERE sequence = {0}"),
        Sql("log entry not known", "UPDATE audit SET action = 'Sold', at = -9223372036854775807 WHERE sequence = {0}"),
        Sql("log entry without digest", "UPDATE audit SET digest = NULL, seal = NULL WHERE sequence = {0}"),
        Sql("settings altered", "UPDATE gallery SET dimension = {1}"),
        Sql("embedder altered", "UPDATE gallery SET embedder = 'another', contract = 'another/rgb/1'"),
        Sql("settings removed", "DELETE FROM gallery"),
        Sql("undo note no JSON", "UPDATE note SET text = 'null', at = 0"),
        Sql("newer version", "PRAGMA user_version = {1}"),
        Sql("older version", "PRAGMA user_version = 1"),
        Sql("another program's file", "PRAGMA application_id = {1}"),
        Sql("table removed", "DROP TABLE crop"),
        Sql("log removed", "DROP TABLE audit"),
        Sql("column removed", "ALTER TABLE person DROP COLUMN consent"),
    ];

    private static IEnumerable<GalleryDamage> OfBytes()
    {
        yield return Bytes("bits flipped", (file, random) =>
        {
            for (int k = random.Next(1, 9); k > 0; k--)
                file[random.Next(file.Length)] ^= (byte)(1 << random.Next(8));
            return file;
        });
        yield return Bytes("header", (file, random) =>
        {
            file[random.Next(100)] = (byte)random.Next(256);
            return file;
        });
        yield return Bytes("page emptied", (file, random) =>
        {
            file.AsSpan(random.Next(file.Length / Page) * Page, Page).Clear();
            return file;
        });
        yield return Bytes("pages exchanged", (file, random) =>
        {
            Span<byte> one = file.AsSpan(random.Next(file.Length / Page) * Page, Page),
                other = file.AsSpan(random.Next(file.Length / Page) * Page, Page);
            byte[] held = one.ToArray();
            other.CopyTo(one);
            held.CopyTo(other);
            return file;
        });
        yield return Bytes("noise", (file, random) =>
        {
            int at = random.Next(file.Length);
            random.NextBytes(file.AsSpan(at, Math.Min(file.Length - at, random.Next(1, 2 * Page))));
            return file;
        });
        yield return Bytes("cut", (file, random) => file[..random.Next(file.Length)]);
        yield return Bytes("cut at a page", (file, random) => file[..(random.Next(file.Length / Page) * Page)]);
        yield return new("log of writes no log", (file, random) =>
        {
            byte[] noise = new byte[random.Next(1, 3 * Page)];
            random.NextBytes(noise);
            // Its magic number, so that it is looked into.
            if (noise.Length > 4)
                ((ReadOnlySpan<byte>)[0x37, 0x7f, 0x06, 0x82]).CopyTo(noise);
            File.WriteAllBytes(file + "-wal", noise);
        });
    }

    private static GalleryDamage Bytes(string name, Func<byte[], Random, byte[]> change) =>
        new(name, (file, random) => File.WriteAllBytes(file, change(File.ReadAllBytes(file), random)));

    /// <summary>Statements with {0} for a row and {1} for some number.</summary>
    private static GalleryDamage Sql(string name, params string[] statements) => new(name, (file, random) =>
        {
            int row = random.Next(1, 9),
                number = random.Next(2, 1000);
            foreach (string statement in statements)
            {
                // Each in a connection of its own, which reads the tables' definitions anew.
                using SqliteConnection connection = new($"Data Source={file};Pooling=false;Foreign Keys=false");
                connection.Open();
                using SqliteCommand command = connection.CreateCommand();
                command.CommandText = string.Format(System.Globalization.CultureInfo.InvariantCulture, statement, row, number);
                command.ExecuteNonQuery();
            }
        });

    /// <summary>Gives a row's cell to the row after it, and the other way round.</summary>
    private static string Exchange(string table, string column, string key = "number", string? between = null) =>
        $"CREATE TEMP TABLE held AS SELECT {key}, {column} FROM {table} WHERE {key} IN ({{0}}, {{0}} + 1);"
        + (between is null ? "" : $"UPDATE {table} SET {column} = {between} WHERE {key} = {{0}};")
        + $"UPDATE {table} SET {column} = (SELECT {column} FROM held WHERE {key} = {{0}}) WHERE {key} = {{0}} + 1;"
        + $"UPDATE {table} SET {column} = (SELECT {column} FROM held WHERE {key} = {{0}} + 1) WHERE {key} = {{0}};";

    private static string NotNull(string column) =>
        "PRAGMA writable_schema = 1; UPDATE sqlite_schema SET sql = replace(sql, "
        + $"'{column} TEXT NOT NULL', '{column} TEXT') WHERE name = 'person'; PRAGMA schema_version = 9000";
}
