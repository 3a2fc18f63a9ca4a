import GRDB

@Sendable func createIdentifications(_ database: Database) throws {
    try database.execute(
        sql: """
            CREATE TABLE identification (
                source TEXT NOT NULL,
                path TEXT NOT NULL,
                status TEXT NOT NULL CHECK (status IN ('identified', 'reference', 'unidentified')),
                project TEXT CHECK ((project IS NOT NULL) = (status = 'identified')),
                identification TEXT NOT NULL CHECK (json_valid(identification)),
                job TEXT NOT NULL REFERENCES job (id),
                PRIMARY KEY (source, path),
                FOREIGN KEY (source, path) REFERENCES entry (source, path)
            ) STRICT, WITHOUT ROWID;

            CREATE INDEX identificationByProject ON identification (project);
            """
    )
}
