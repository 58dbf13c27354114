using Microsoft.Data.Sqlite;
using Semblance.Gallery.Privacy;

namespace Semblance.Gallery.Sqlite;

/// <summary>The row of settings, and the key that the gallery was sealed with.</summary>
internal static class SqliteKeys
{
    /// <summary>Sealed with the key, so that another key is told from altered data.</summary>
    private static ReadOnlySpan<byte> KnownText => "semblance gallery"u8;

    public static GallerySettings ReadSettings(SqliteConnection connection)
    {
        using SqliteCommand command = connection.Command(
            "SELECT embedder, contract, dimension, require_consent, keep_crops, key_id FROM gallery"
        );
        using SqliteDataReader row = command.ExecuteReader();
        if (!row.Read())
            throw new GalleryException($"{connection.DataSource} has no settings; it was not written by Semblance");
        return new()
        {
            Contract = new(row.GetString(0), row.GetString(1), row.GetInt32(2)),
            RequireConsent = row.GetBoolean(3),
            KeepCrops = row.GetBoolean(4),
            Encrypted = !row.IsDBNull(5),
        };
    }

    public static void InsertSettings(SqliteConnection connection, GallerySettings settings, EncryptionKey? key) =>
        connection.Execute(
            """
            INSERT INTO gallery (only_row, embedder, contract, dimension, require_consent, keep_crops, key_id, key_check)
            VALUES (1, $embedder, $contract, $dimension, $consent, $crops, $key, $check)
            """,
            ("$embedder", settings.Contract.Embedder),
            ("$contract", settings.Contract.Contract),
            ("$dimension", settings.Contract.Dimension),
            ("$consent", settings.RequireConsent),
            ("$crops", settings.KeepCrops),
            ("$key", settings.Encrypted ? key!.Id : null),
            ("$check", settings.Encrypted ? Sealed(key!) : null)
        );

    /// <exception cref="GalleryException">There is no key, or it is another one.</exception>
    public static void Check(SqliteConnection connection, string address, EncryptionKey? key)
    {
        using SqliteCommand command = connection.Command("SELECT key_id, key_check FROM gallery");
        using SqliteDataReader row = command.ExecuteReader();
        row.Read();
        string id = row.GetString(0);
        if (key is null)
            throw new GalleryException($"{address} is encrypted with key {id}; give it with --key-file FILE or in SEMBLANCE_GALLERY_KEY");
        if (key.Id != id)
            throw new GalleryException($"{address} is encrypted with key {id}, the key given is {key.Id}");
        new PayloadCipher(key).Open(row.GetFieldValue<byte[]>(1), Guid.Empty, PayloadKind.Check);
    }

    /// <summary>Opens everything with the old key and seals it with the new one, inside the caller's transaction.</summary>
    public static void Reseal(SqliteConnection connection, VectorBytes old, EncryptionKey newKey, CancellationToken cancellationToken)
    {
        VectorBytes sealedAnew = new(new PayloadCipher(newKey));
        Each(
            "SELECT r.number, r.id, r.vector FROM reference r WHERE r.number > $after ORDER BY r.number LIMIT 512",
            "UPDATE reference SET vector = $bytes WHERE number = $number",
            (id, bytes) => sealedAnew.Pack(id, old.Unpack(id, bytes))
        );
        Each(
            "SELECT c.reference, r.id, c.png FROM crop c JOIN reference r ON r.number = c.reference WHERE c.reference > $after ORDER BY "
                + "c.reference LIMIT 512",
            "UPDATE crop SET png = $bytes WHERE reference = $number",
            (id, bytes) => sealedAnew.PackCrop(id, old.UnpackCrop(id, bytes))
        );
        connection.Execute(
            "UPDATE gallery SET key_id = $id, key_check = $check, erase_due = 1",
            ("$id", newKey.Id),
            ("$check", Sealed(newKey))
        );

        void Each(string select, string update, Func<Guid, byte[], byte[]> reseal)
        {
            List<(long Number, Guid Id, byte[] Bytes)> page = [];
            do
            {
                cancellationToken.ThrowIfCancellationRequested();
                long after = page.Count == 0 ? -1 : page[^1].Number;
                page.Clear();
                using (SqliteCommand command = connection.Command(select, ("$after", after)))
                using (SqliteDataReader row = command.ExecuteReader())
                    while (row.Read())
                        page.Add((row.GetInt64(0), row.Id(1), row.GetFieldValue<byte[]>(2)));
                foreach ((long number, Guid id, byte[] bytes) in page)
                    connection.Execute(update, ("$number", number), ("$bytes", reseal(id, bytes)));
            } while (page.Count > 0);
        }
    }

    private static byte[] Sealed(EncryptionKey key) => new PayloadCipher(key).Seal(KnownText, Guid.Empty, PayloadKind.Check);
}
