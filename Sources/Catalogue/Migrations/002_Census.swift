import GRDB

/// A service or website has `absentSince` when it was looked for again, by a run that could see it, and was not there.
@Sendable func createCensus(_ database: Database) throws {
    try database.execute(
        sql: """
            CREATE TABLE sweep (
                job TEXT NOT NULL REFERENCES job (id),
                port INTEGER NOT NULL CHECK (port BETWEEN 1 AND 65535),
                open TEXT NOT NULL,
                closed TEXT NOT NULL,
                noAnswer TEXT NOT NULL,
                PRIMARY KEY (job, port)
            ) STRICT, WITHOUT ROWID;

            CREATE TABLE service (
                endpoint TEXT NOT NULL,
                transport TEXT NOT NULL CHECK (transport IN ('tcp', 'udp')),
                firstSeen INTEGER NOT NULL,
                lastSeen INTEGER NOT NULL,
                absentSince INTEGER,
                sighting TEXT NOT NULL CHECK (json_valid(sighting)),
                job TEXT NOT NULL REFERENCES job (id),
                PRIMARY KEY (endpoint, transport)
            ) STRICT, WITHOUT ROWID;

            CREATE TABLE serviceSighting (
                job TEXT NOT NULL REFERENCES job (id),
                endpoint TEXT NOT NULL,
                transport TEXT NOT NULL,
                sighting TEXT NOT NULL CHECK (json_valid(sighting)),
                PRIMARY KEY (job, endpoint, transport)
            ) STRICT, WITHOUT ROWID;

            CREATE TABLE website (
                name TEXT NOT NULL,
                endpoint TEXT NOT NULL,
                scheme TEXT NOT NULL CHECK (scheme IN ('http', 'https')),
                firstSeen INTEGER NOT NULL,
                lastSeen INTEGER NOT NULL,
                absentSince INTEGER,
                sighting TEXT NOT NULL CHECK (json_valid(sighting)),
                job TEXT NOT NULL REFERENCES job (id),
                PRIMARY KEY (name, endpoint, scheme)
            ) STRICT, WITHOUT ROWID;

            CREATE TABLE nameRecord (
                owner TEXT NOT NULL,
                type TEXT NOT NULL,
                data TEXT NOT NULL,
                firstSeen INTEGER NOT NULL,
                lastSeen INTEGER NOT NULL,
                seal TEXT CHECK (seal IS NULL OR json_valid(seal)),
                job TEXT NOT NULL REFERENCES job (id),
                PRIMARY KEY (owner, type, data)
            ) STRICT, WITHOUT ROWID;
            """
    )
}
