using Microsoft.Data.Sqlite;

namespace Semblance.Gallery.Sqlite;

/// <summary>The tables, version by version. A version that was released is never changed; the next one begins with what it left.</summary>
internal static class SqliteSchema
{
    /// <summary>"SEMB" in SQLite's header: tells a gallery from other databases.</summary>
    public const int ApplicationId = 0x53454D42;

    /// <summary>The version that this program writes.</summary>
    public static int Version => Migrations.Count;

    /// <summary>Migrations[i] leads from version i to i + 1.</summary>
    public static IReadOnlyList<string> Migrations { get; } =
    [
        """
            CREATE TABLE gallery (
                only_row INTEGER PRIMARY KEY CHECK (only_row = 1),
                embedder TEXT NOT NULL, contract TEXT NOT NULL, dimension INTEGER NOT NULL,
                require_consent INTEGER NOT NULL, keep_crops INTEGER NOT NULL,
                key_id TEXT, key_check BLOB,
                audit_sequence INTEGER, audit_hash TEXT);
            CREATE TABLE person (
                number INTEGER PRIMARY KEY AUTOINCREMENT, id BLOB NOT NULL UNIQUE,
                name TEXT NOT NULL, metadata TEXT NOT NULL, consent TEXT, expires_at INTEGER, enrolled_at INTEGER NOT NULL);
            CREATE INDEX person_name ON person (name);
            CREATE TABLE reference (
                number INTEGER PRIMARY KEY AUTOINCREMENT, id BLOB NOT NULL UNIQUE,
                person INTEGER NOT NULL REFERENCES person (number) ON DELETE CASCADE,
                vector BLOB NOT NULL, norm REAL NOT NULL, quality REAL, source TEXT, source_hash TEXT, enrolled_at INTEGER NOT NULL);
            CREATE INDEX reference_person ON reference (person);
            CREATE TABLE crop (reference INTEGER PRIMARY KEY REFERENCES reference (number) ON DELETE CASCADE, png BLOB NOT NULL);
            CREATE TABLE audit (
                sequence INTEGER PRIMARY KEY, at INTEGER NOT NULL, action TEXT NOT NULL, person BLOB, reference_count INTEGER NOT NULL,
                detail TEXT, previous TEXT NOT NULL, hash TEXT NOT NULL);
            """,
        // What changed since an index was loaded can be read without reading everything.
        """
            ALTER TABLE gallery ADD COLUMN revision INTEGER NOT NULL DEFAULT 0;
            ALTER TABLE person ADD COLUMN revision INTEGER NOT NULL DEFAULT 0;
            ALTER TABLE reference ADD COLUMN revision INTEGER NOT NULL DEFAULT 0;
            CREATE INDEX person_revision ON person (revision);
            CREATE INDEX reference_revision ON reference (revision);
            CREATE TABLE removal (revision INTEGER NOT NULL, person INTEGER NOT NULL, reference INTEGER NOT NULL);
            CREATE INDEX removal_revision ON removal (revision);
            CREATE UNIQUE INDEX reference_source ON reference (person, source_hash) WHERE source_hash IS NOT NULL;
            """,
        // Rows were removed since the file was last rebuilt.
        """
            ALTER TABLE gallery ADD COLUMN erase_due INTEGER NOT NULL DEFAULT 0;
            """,
        // Baselines with the cohort they were measured against; outside ids, tags, locks and covers; strangers; digests that bind rows to
        // the log, with the secret they are made with where the gallery is encrypted (NULL until whoever has the key opens the file).
        """
            ALTER TABLE gallery ADD COLUMN cohort TEXT;
            ALTER TABLE gallery ADD COLUMN secret BLOB;
            ALTER TABLE person ADD COLUMN kind INTEGER NOT NULL DEFAULT 0;
            ALTER TABLE person ADD COLUMN external_id TEXT;
            ALTER TABLE person ADD COLUMN tags TEXT;
            ALTER TABLE person ADD COLUMN cover BLOB;
            ALTER TABLE person ADD COLUMN locked INTEGER NOT NULL DEFAULT 0;
            ALTER TABLE person ADD COLUMN dismissed TEXT;
            CREATE UNIQUE INDEX person_external ON person (external_id) WHERE external_id IS NOT NULL;
            ALTER TABLE reference ADD COLUMN baseline REAL;
            ALTER TABLE reference ADD COLUMN external_id TEXT;
            ALTER TABLE reference ADD COLUMN tags TEXT;
            ALTER TABLE reference ADD COLUMN locked INTEGER NOT NULL DEFAULT 0;
            ALTER TABLE reference ADD COLUMN digest TEXT;
            CREATE INDEX reference_external ON reference (external_id) WHERE external_id IS NOT NULL;
            ALTER TABLE audit ADD COLUMN actor TEXT;
            ALTER TABLE audit ADD COLUMN request TEXT;
            ALTER TABLE audit ADD COLUMN digest TEXT;
            ALTER TABLE audit ADD COLUMN seal TEXT;
            CREATE INDEX audit_person ON audit (person) WHERE person IS NOT NULL;
            """,
        // What is kept for some time beside what is enrolled.
        """
            CREATE TABLE note (
                kind TEXT NOT NULL, key TEXT NOT NULL, at INTEGER NOT NULL, person BLOB, other BLOB, text TEXT NOT NULL,
                PRIMARY KEY (kind, key)) WITHOUT ROWID;
            CREATE INDEX note_at ON note (at);
            """,
    ];

    /// <summary>Brings a database up to date in one transaction.</summary>
    /// <param name="connection">An open connection without a transaction.</param>
    /// <param name="location">The file, for messages.</param>
    /// <exception cref="GalleryException">It is no gallery, or was made by a newer version.</exception>
    public static void Migrate(SqliteConnection connection, string location)
    {
        if (ReadVersion(connection, location) == Version)
            return;
        using SqliteTransaction transaction = connection.BeginTransaction(deferred: false);
        // Another process may have been faster.
        int version = ReadVersion(connection, location);
        for (; version < Version; version++)
            connection.Execute(Migrations[version]);
        connection.Execute($"PRAGMA user_version = {Version}");
        transaction.Commit();
    }

    /// <summary>Makes the tables of one version in an empty database.</summary>
    /// <param name="connection">An open connection, in a transaction or not.</param>
    /// <param name="version">1 to <see cref="Version"/>.</param>
    public static void Create(SqliteConnection connection, int version)
    {
        foreach (string migration in Migrations.Take(version))
            connection.Execute(migration);
        connection.Execute($"PRAGMA application_id = {ApplicationId}; PRAGMA user_version = {version}");
    }

    private static int ReadVersion(SqliteConnection connection, string location)
    {
        if (connection.ReadInteger("PRAGMA application_id") != ApplicationId)
            throw new GalleryException($"{location} is a database, but no gallery; name another file");
        int version = (int)connection.ReadInteger("PRAGMA user_version");
        return version <= Version
            ? version
            : throw new GalleryException(
                $"{location} was written by a newer Semblance (schema {version}, this one knows up to {Version}); update Semblance"
            );
    }
}
