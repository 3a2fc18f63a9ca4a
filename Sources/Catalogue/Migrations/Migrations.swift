import GRDB

/// Every migration, oldest first. A released migration never changes.
let migrator: DatabaseMigrator = {
    var migrator = DatabaseMigrator()
    migrator.registerMigration("001 runs", migrate: createRuns)
    migrator.registerMigration("002 census", migrate: createCensus)
    migrator.registerMigration("003 doors", migrate: createDoors)
    migrator.registerMigration("004 entries", migrate: createEntries)
    migrator.registerMigration("005 readings", migrate: createReadings)
    migrator.registerMigration("006 identifications", migrate: createIdentifications)
    migrator.registerMigration("007 visitors", migrate: createVisitors)
    migrator.registerMigration("008 templates", migrate: createTemplateFindings)
    migrator.registerMigration("009 template absence", migrate: addTemplateAbsence)
    migrator.registerMigration("010 history", migrate: createHistory)
    return migrator
}()
