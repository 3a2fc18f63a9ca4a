import GRDB

/// What each run over a network asked and saw, in intervals of runs.
///
/// Runs of one reach are numbered. A span says what held from one number to another, or still holds (`last` is null); for
/// runs in between that did not cover the address it says nothing. IPv4 addresses are numbers and IPv6 addresses 16 bytes,
/// so that they sort as addresses do.
@Sendable func createHistory(_ database: Database) throws {
    try allowImports(database)
    try database.execute(
        sql: """
            CREATE TABLE reach (
                id INTEGER NOT NULL PRIMARY KEY,
                key TEXT NOT NULL UNIQUE,
                reach TEXT NOT NULL CHECK (json_valid(reach)),
                runs INTEGER NOT NULL
            ) STRICT;

            CREATE TABLE censusRun (
                id INTEGER NOT NULL PRIMARY KEY,
                name TEXT NOT NULL UNIQUE,
                job TEXT NOT NULL REFERENCES job (id),
                reach INTEGER NOT NULL REFERENCES reach (id),
                ordinal INTEGER NOT NULL,
                toolVersion TEXT NOT NULL,
                arguments TEXT NOT NULL,
                vantage TEXT NOT NULL,
                beganNotBefore INTEGER,
                beganNotAfter INTEGER,
                endedNotBefore INTEGER,
                endedNotAfter INTEGER,
                completeness TEXT NOT NULL CHECK (completeness IN ('complete', 'incomplete')),
                reason TEXT,
                failure TEXT,
                covered TEXT,
                loose TEXT CHECK (loose IS NULL OR json_valid(loose)),
                answering INTEGER NOT NULL,
                open INTEGER NOT NULL,
                file TEXT CHECK (file IS NULL OR length(file) = 64),
                fileName TEXT,
                format TEXT,
                sameness TEXT,
                replacedBy TEXT,
                UNIQUE (reach, ordinal)
            ) STRICT;

            CREATE INDEX censusRunByJob ON censusRun (job);
            CREATE INDEX censusRunBySameness ON censusRun (sameness, beganNotBefore);

            CREATE TABLE importedFile (
                digest TEXT NOT NULL CHECK (length(digest) = 64),
                name TEXT NOT NULL,
                run TEXT NOT NULL,
                told TEXT NOT NULL CHECK (told IN ('new', 'known', 'more')),
                job TEXT NOT NULL REFERENCES job (id),
                PRIMARY KEY (digest, name, job)
            ) STRICT, WITHOUT ROWID;

            CREATE TABLE identity (
                id INTEGER NOT NULL PRIMARY KEY,
                identity TEXT NOT NULL UNIQUE CHECK (json_valid(identity))
            ) STRICT;

            CREATE TABLE hostSheet (
                id INTEGER NOT NULL PRIMARY KEY,
                sheet TEXT NOT NULL UNIQUE CHECK (json_valid(sheet))
            ) STRICT;

            CREATE TABLE openSpan (
                reach INTEGER NOT NULL REFERENCES reach (id),
                address ANY NOT NULL,
                transport TEXT NOT NULL CHECK (transport IN ('tcp', 'udp')),
                port INTEGER NOT NULL CHECK (port BETWEEN 0 AND 65535),
                first INTEGER NOT NULL,
                last INTEGER,
                identity INTEGER NOT NULL REFERENCES identity (id),
                PRIMARY KEY (reach, address, transport, port, first)
            ) STRICT, WITHOUT ROWID;

            CREATE TABLE sheetSpan (
                reach INTEGER NOT NULL REFERENCES reach (id),
                address ANY NOT NULL,
                transport TEXT NOT NULL CHECK (transport IN ('tcp', 'udp')),
                first INTEGER NOT NULL,
                last INTEGER,
                sheet INTEGER NOT NULL REFERENCES hostSheet (id),
                PRIMARY KEY (reach, address, transport, first)
            ) STRICT, WITHOUT ROWID;

            CREATE TABLE websiteSpan (
                reach INTEGER NOT NULL REFERENCES reach (id),
                name TEXT NOT NULL,
                endpoint TEXT NOT NULL,
                scheme TEXT NOT NULL CHECK (scheme IN ('http', 'https')),
                first INTEGER NOT NULL,
                last INTEGER,
                PRIMARY KEY (reach, name, endpoint, scheme, first)
            ) STRICT, WITHOUT ROWID;
            """
    )
}

/// The table of runs anew, as SQLite changes no check.
private func allowImports(_ database: Database) throws {
    try database.execute(
        sql: """
            CREATE TABLE newRun (
                id TEXT NOT NULL PRIMARY KEY,
                stage TEXT NOT NULL
                    CHECK (stage IN ('census', 'doors', 'collect', 'read', 'identify', 'trace', 'import')),
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
            INSERT INTO newRun SELECT * FROM run;
            DROP TABLE run;
            ALTER TABLE newRun RENAME TO run;
            """
    )
}
