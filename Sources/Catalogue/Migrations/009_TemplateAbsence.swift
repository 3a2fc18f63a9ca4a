import GRDB

@Sendable func addTemplateAbsence(_ database: Database) throws {
    try database.execute(sql: "ALTER TABLE templateFinding ADD COLUMN absentSince INTEGER")
}
