import GRDB

@Sendable func createReadings(_ database: Database) throws {
    try database.execute(
        sql: """
            CREATE TABLE fileReading (
                payload TEXT NOT NULL PRIMARY KEY CHECK (length(payload) = 64),
                status TEXT NOT NULL CHECK (status IN ('read', 'unsupported', 'failed')),
                reason TEXT,
                mime TEXT,
                label TEXT,
                tool TEXT CHECK (tool IS NULL OR json_valid(tool)),
                thumbnail TEXT CHECK (length(thumbnail) = 64),
                job TEXT NOT NULL REFERENCES job (id)
            ) STRICT, WITHOUT ROWID;

            CREATE TABLE reading (
                payload TEXT NOT NULL REFERENCES fileReading (payload),
                number INTEGER NOT NULL,
                predicate TEXT NOT NULL,
                value TEXT NOT NULL,
                language TEXT,
                confidence REAL,
                reading TEXT NOT NULL CHECK (json_valid(reading)),
                PRIMARY KEY (payload, number)
            ) STRICT, WITHOUT ROWID;

            CREATE INDEX readingByPredicate ON reading (predicate);

            CREATE TABLE notePair (
                payload TEXT NOT NULL REFERENCES fileReading (payload),
                number INTEGER NOT NULL,
                pair TEXT NOT NULL CHECK (json_valid(pair)),
                PRIMARY KEY (payload, number)
            ) STRICT, WITHOUT ROWID;
            """
    )
}
