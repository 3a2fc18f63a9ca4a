import GRDB

@Sendable func createDoors(_ database: Database) throws {
    try database.execute(
        sql: """
            CREATE TABLE door (
                address TEXT NOT NULL PRIMARY KEY,
                kind TEXT NOT NULL,
                firstSeen INTEGER NOT NULL,
                lastSeen INTEGER NOT NULL,
                absentSince INTEGER,
                door TEXT NOT NULL CHECK (json_valid(door)),
                job TEXT NOT NULL REFERENCES job (id)
            ) STRICT, WITHOUT ROWID;

            CREATE TABLE doorRejection (
                address TEXT NOT NULL,
                checkName TEXT NOT NULL,
                reason TEXT NOT NULL,
                seal TEXT CHECK (seal IS NULL OR json_valid(seal)),
                job TEXT NOT NULL REFERENCES job (id),
                PRIMARY KEY (address, checkName)
            ) STRICT, WITHOUT ROWID;

            CREATE TABLE doorExamined (
                job TEXT NOT NULL REFERENCES job (id),
                address TEXT NOT NULL,
                PRIMARY KEY (job, address)
            ) STRICT, WITHOUT ROWID;
            """
    )
}
