import GRDB

/// An entry's row is its last known state; its history is in `change`.
@Sendable func createEntries(_ database: Database) throws {
    try database.execute(
        sql: """
            CREATE TABLE source (
                base TEXT NOT NULL PRIMARY KEY,
                endpoint TEXT NOT NULL,
                kind TEXT NOT NULL,
                state TEXT CHECK (length(state) = 64)
            ) STRICT, WITHOUT ROWID;

            CREATE TABLE collection (
                job TEXT NOT NULL PRIMARY KEY REFERENCES job (id),
                source TEXT NOT NULL REFERENCES source (base),
                isFirst INTEGER NOT NULL CHECK (isFirst IN (0, 1)),
                isComplete INTEGER NOT NULL CHECK (isComplete IN (0, 1)),
                state TEXT NOT NULL CHECK (length(state) = 64),
                began INTEGER NOT NULL,
                ended INTEGER NOT NULL,
                updates INTEGER NOT NULL,
                counts TEXT NOT NULL CHECK (json_valid(counts)),
                listings TEXT NOT NULL CHECK (json_valid(listings))
            ) STRICT, WITHOUT ROWID;

            CREATE TABLE entry (
                source TEXT NOT NULL REFERENCES source (base),
                path TEXT NOT NULL,
                isPresent INTEGER NOT NULL CHECK (isPresent IN (0, 1)),
                payload TEXT CHECK (length(payload) = 64),
                version TEXT CHECK (version IS NULL OR json_valid(version)),
                job TEXT NOT NULL REFERENCES job (id),
                PRIMARY KEY (source, path)
            ) STRICT, WITHOUT ROWID;

            CREATE INDEX entryByPayload ON entry (payload);

            CREATE TABLE change (
                id INTEGER NOT NULL PRIMARY KEY,
                job TEXT NOT NULL REFERENCES job (id),
                source TEXT NOT NULL,
                path TEXT NOT NULL,
                kind TEXT NOT NULL CHECK (kind IN ('added', 'changed', 'removed', 'back', 'unknown')),
                notBefore INTEGER,
                notAfter INTEGER,
                before TEXT CHECK (before IS NULL OR json_valid(before)),
                after TEXT CHECK (after IS NULL OR json_valid(after)),
                reason TEXT,
                FOREIGN KEY (source, path) REFERENCES entry (source, path)
            ) STRICT;

            CREATE INDEX changeBySource ON change (source, notAfter);
            """
    )
}
