using System.Security.Cryptography;
using Microsoft.Data.Sqlite;
using Semblance.Gallery.Audit;
using Semblance.Gallery.Privacy;
using Semblance.Gallery.Storage;

namespace Semblance.Gallery.Sqlite;

/// <summary>The row of settings, and the key that the gallery was sealed with.</summary>
internal static class SqliteKeys
{
    private const int LargestDimension = 1 << 16,
        SecretSize = 32;

    /// <summary>Sealed with the key, so that another key is told from altered data.</summary>
    private static ReadOnlySpan<byte> KnownText => "semblance gallery"u8;

    public static GallerySettings ReadSettings(SqliteConnection connection)
    {
        using SqliteCommand command = connection.Command(
            "SELECT only_row, embedder, contract, dimension, require_consent, keep_crops, key_id, cohort FROM gallery"
        );
        return SqliteRows
            .Read(command, "gallery", row => new GallerySettings
            {
                Contract = new(row.GetString(1), row.GetString(2), DimensionOf(row.GetInt32(3))) { Cohort = row.TextOrNull(7) },
                RequireConsent = row.GetBoolean(4),
                KeepCrops = row.GetBoolean(5),
                Encrypted = !row.IsDBNull(6),
            })
            .SingleOrDefault()
            ?? throw new GalleryDamagedException(connection.DataSource, "table gallery", "it has no settings");
    }

    private static int DimensionOf(int dimension) =>
        dimension is > 0 and <= LargestDimension
            ? dimension
            : throw new FormatException(FormattableString.Invariant($"vectors of {dimension} components are not possible"));

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

    /// <summary>Writes what a new gallery has beside its settings, and the first entry of its log.</summary>
    public static void Begin(SqliteConnection connection, GallerySettings settings, StoreOptions options)
    {
        connection.Execute("UPDATE gallery SET cohort = $cohort", ("$cohort", settings.Contract.Cohort));
        RecordDigest digest = settings.Encrypted ? MakeSecret(connection, options.Key!) : RecordDigest.Plain;
        SqliteLog.Append(connection, options.FirstEntry ?? AuditChain.Creation(settings, options.Clock.GetUtcNow(), options.Actor, digest));
    }

    /// <summary>Makes the digests of a gallery; keyed where it is encrypted.</summary>
    /// <exception cref="GalleryException">The secret was altered or sealed with another key.</exception>
    public static RecordDigest ReadDigest(SqliteConnection connection, GallerySettings settings, EncryptionKey? key)
    {
        if (!settings.Encrypted)
            return RecordDigest.Plain;
        return RecordDigest.With(ReadSecret(connection, key!));
    }

    private static byte[] ReadSecret(SqliteConnection connection, EncryptionKey key)
    {
        using SqliteCommand command = connection.Command("SELECT secret FROM gallery");
        return command.ExecuteScalar() is byte[] sealedSecret
            ? new PayloadCipher(key).Open(sealedSecret, Guid.Empty, PayloadKind.Secret)
            : throw new GalleryDamagedException(connection.DataSource, "table gallery", "the secret of its log is missing");
    }

    /// <summary>Gives an encrypted gallery of before the secret of its log, and binds what is sealed to the people whose it is. From then
    /// on the log is sealed.</summary>
    /// <param name="connection">Outside a transaction.</param>
    /// <param name="settings">Encrypted.</param>
    /// <param name="options">Key, clock, actor.</param>
    public static void BringUpToDate(SqliteConnection connection, GallerySettings settings, StoreOptions options)
    {
        if (HasSecret())
            return;
        using SqliteTransaction transaction = connection.BeginTransaction(deferred: false);
        // Another process may have been faster.
        if (HasSecret())
            return;
        PayloadCipher cipher = new(options.Key!);
        int dimension = settings.Contract.Dimension;
        Reseal(connection, new(cipher, dimension, bindsOwner: false), new VectorBytes(cipher, dimension), CancellationToken.None);
        RecordDigest digest = MakeSecret(connection, options.Key!);
        AuditHead? head = new SqliteReader(connection, new(cipher, dimension)).AuditHead();
        AuditEvent happened = new(options.Clock.GetUtcNow(), AuditAction.Upgraded, null, 0, "log sealed")
        {
            Actor = options.Actor.Name,
            Request = options.Actor.Request,
        };
        SqliteLog.Append(connection, AuditChain.Next(head, happened, digest));
        transaction.Commit();

        bool HasSecret() => connection.ReadInteger("SELECT secret IS NOT NULL FROM gallery") == 1;
    }

    /// <exception cref="GalleryException">There is no key, or it is another one.</exception>
    public static void Check(SqliteConnection connection, string address, EncryptionKey? key)
    {
        using SqliteCommand command = connection.Command("SELECT only_row, key_id, key_check FROM gallery");
        (string id, byte[] check) = SqliteRows.Read(command, "gallery", row => (row.Text(1), row.GetFieldValue<byte[]>(2))).Single();
        if (key is null)
            throw new GalleryKeyException($"{address} is encrypted with key {id}");
        if (key.Id != id)
            throw new GalleryException($"{address} is encrypted with key {id}, the key given is {key.Id}");
        new PayloadCipher(key).Open(check, Guid.Empty, PayloadKind.Check);
    }

    /// <summary>Opens everything with the old key and seals it with the new one, inside the caller's transaction.</summary>
    public static void Reseal(
        SqliteConnection connection,
        VectorBytes old,
        int dimension,
        EncryptionKey oldKey,
        EncryptionKey newKey,
        CancellationToken cancellationToken
    )
    {
        PayloadCipher cipher = new(newKey);
        Reseal(connection, old, new(cipher, dimension), cancellationToken);
        byte[] secret = ReadSecret(connection, oldKey);
        connection.Execute(
            "UPDATE gallery SET key_id = $id, key_check = $check, secret = $secret, erase_due = 1",
            ("$id", newKey.Id),
            ("$check", Sealed(newKey)),
            ("$secret", cipher.Seal(secret, Guid.Empty, PayloadKind.Secret))
        );
    }

    private static void Reseal(SqliteConnection connection, VectorBytes old, VectorBytes sealedAnew, CancellationToken cancellationToken)
    {
        Each(
            "reference",
            "SELECT r.number, r.id, p.id, r.vector FROM reference r JOIN person p ON p.number = r.person WHERE r.number > $after ORDER BY "
                + "r.number LIMIT 512",
            "UPDATE reference SET vector = $bytes WHERE number = $number",
            (id, person, bytes) => sealedAnew.Pack(id, person, old.Unpack(id, person, bytes))
        );
        Each(
            "crop",
            "SELECT c.reference, r.id, p.id, c.png FROM crop c JOIN reference r ON r.number = c.reference JOIN person p ON p.number = "
                + "r.person WHERE c.reference > $after ORDER BY c.reference LIMIT 512",
            "UPDATE crop SET png = $bytes WHERE reference = $number",
            (id, person, bytes) => sealedAnew.PackCrop(id, person, old.UnpackCrop(id, person, bytes))
        );

        void Each(string table, string select, string update, Func<Guid, Guid, byte[], byte[]> reseal)
        {
            List<(long Number, byte[] Bytes)> page = [];
            do
            {
                cancellationToken.ThrowIfCancellationRequested();
                long after = page.Count == 0 ? -1 : page[^1].Number;
                using (SqliteCommand command = connection.Command(select, ("$after", after)))
                    page = SqliteRows.Read(command, table, row =>
                        (row.GetInt64(0), reseal(row.Id(1), row.Id(2), row.GetFieldValue<byte[]>(3)))
                    );
                foreach ((long number, byte[] bytes) in page)
                    connection.Execute(update, ("$number", number), ("$bytes", bytes));
            } while (page.Count > 0);
        }
    }

    private static RecordDigest MakeSecret(SqliteConnection connection, EncryptionKey key)
    {
        byte[] secret = RandomNumberGenerator.GetBytes(SecretSize);
        connection.Execute(
            "UPDATE gallery SET secret = $secret",
            ("$secret", new PayloadCipher(key).Seal(secret, Guid.Empty, PayloadKind.Secret))
        );
        return RecordDigest.With(secret);
    }

    private static byte[] Sealed(EncryptionKey key) => new PayloadCipher(key).Seal(KnownText, Guid.Empty, PayloadKind.Check);
}
