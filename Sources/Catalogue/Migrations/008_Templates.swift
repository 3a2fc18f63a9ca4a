import GRDB

@Sendable func createTemplateFindings(_ database: Database) throws {
    try database.execute(
        sql: """
            CREATE TABLE templateFinding (
                website TEXT NOT NULL,
                endpoint TEXT NOT NULL,
                template TEXT NOT NULL,
                firstSeen INTEGER NOT NULL,
                lastSeen INTEGER NOT NULL,
                finding TEXT NOT NULL CHECK (json_valid(finding)),
                job TEXT NOT NULL REFERENCES job (id),
                PRIMARY KEY (website, endpoint, template)
            ) STRICT, WITHOUT ROWID;
            """
    )
}
