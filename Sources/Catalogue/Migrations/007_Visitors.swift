import GRDB

@Sendable func createVisitors(_ database: Database) throws {
    try database.execute(
        sql: """
            CREATE TABLE log (
                foundAt TEXT NOT NULL PRIMARY KEY,
                digest TEXT NOT NULL CHECK (length(digest) = 64),
                lines INTEGER NOT NULL,
                unparsedLines INTEGER NOT NULL,
                unparsed TEXT CHECK (unparsed IS NULL OR json_valid(unparsed)),
                notBefore INTEGER,
                notAfter INTEGER,
                sources TEXT NOT NULL CHECK (json_valid(sources)),
                job TEXT NOT NULL REFERENCES job (id)
            ) STRICT, WITHOUT ROWID;

            CREATE TABLE visitor (
                log TEXT NOT NULL REFERENCES log (foundAt),
                client TEXT NOT NULL,
                line TEXT NOT NULL CHECK (line IN ('vpn', 'hosting', 'ordinary')),
                visitor TEXT NOT NULL CHECK (json_valid(visitor)),
                PRIMARY KEY (log, client)
            ) STRICT, WITHOUT ROWID;

            CREATE TABLE visit (
                log TEXT NOT NULL,
                client TEXT NOT NULL,
                first INTEGER NOT NULL,
                last INTEGER NOT NULL CHECK (last >= first),
                visit TEXT NOT NULL CHECK (json_valid(visit)),
                PRIMARY KEY (log, client, first),
                FOREIGN KEY (log, client) REFERENCES visitor (log, client)
            ) STRICT, WITHOUT ROWID;
            """
    )
}
