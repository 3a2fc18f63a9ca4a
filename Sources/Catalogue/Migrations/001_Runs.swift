import GRDB

/// Times are microseconds since 1970 in UTC. A leaf is the number of the ledger's leaf a row rests on.
@Sendable func createRuns(_ database: Database) throws {
    try database.execute(
        sql: """
            CREATE TABLE run (
                id TEXT NOT NULL PRIMARY KEY,
                stage TEXT NOT NULL CHECK (stage IN ('census', 'doors', 'collect', 'read', 'identify', 'trace')),
                started INTEGER NOT NULL,
                ended INTEGER,
                completeness TEXT NOT NULL CHECK (completeness IN ('running', 'complete', 'incomplete')),
                reason TEXT,
                scope TEXT NOT NULL CHECK (length(scope) = 64),
                settings TEXT NOT NULL CHECK (json_valid(settings)),
                vantage TEXT NOT NULL,
                toolVersion TEXT NOT NULL,
                clockWasSimulated INTEGER NOT NULL CHECK (clockWasSimulated IN (0, 1)),
                leaf INTEGER NOT NULL
            ) STRICT;

            CREATE TABLE job (
                id TEXT NOT NULL PRIMARY KEY,
                run TEXT NOT NULL REFERENCES run (id),
                completeness TEXT NOT NULL CHECK (completeness IN ('running', 'complete', 'incomplete')),
                leaf INTEGER NOT NULL
            ) STRICT;

            CREATE TABLE fault (
                id INTEGER NOT NULL PRIMARY KEY,
                job TEXT NOT NULL REFERENCES job (id),
                isRemark INTEGER NOT NULL CHECK (isRemark IN (0, 1)),
                what TEXT NOT NULL,
                address TEXT,
                seal TEXT CHECK (seal IS NULL OR json_valid(seal))
            ) STRICT;

            CREATE INDEX faultByJob ON fault (job);
            """
    )
}
