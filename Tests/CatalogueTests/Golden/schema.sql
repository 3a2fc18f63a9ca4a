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
CREATE TABLE change (
    id INTEGER NOT NULL PRIMARY KEY,
    job TEXT NOT NULL REFERENCES job (id),
    source TEXT NOT NULL,
    path TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('added', 'changed', 'removed', 'back', 'unknown')),
    notBefore INTEGER,
    notAfter INTEGER,
    before TEXT CHECK (before IS NULL OR json_valid(before)),
    after TEXT CHECK (after IS NULL OR json_valid(after)),
    reason TEXT,
    FOREIGN KEY (source, path) REFERENCES entry (source, path)
) STRICT;
CREATE INDEX changeBySource ON change (source, notAfter);
CREATE TABLE collection (
    job TEXT NOT NULL PRIMARY KEY REFERENCES job (id),
    source TEXT NOT NULL REFERENCES source (base),
    isFirst INTEGER NOT NULL CHECK (isFirst IN (0, 1)),
    isComplete INTEGER NOT NULL CHECK (isComplete IN (0, 1)),
    state TEXT NOT NULL CHECK (length(state) = 64),
    began INTEGER NOT NULL,
    ended INTEGER NOT NULL,
    updates INTEGER NOT NULL,
    counts TEXT NOT NULL CHECK (json_valid(counts)),
    listings TEXT NOT NULL CHECK (json_valid(listings))
) STRICT, WITHOUT ROWID;
CREATE TABLE door (
    address TEXT NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL,
    firstSeen INTEGER NOT NULL,
    lastSeen INTEGER NOT NULL,
    absentSince INTEGER,
    door TEXT NOT NULL CHECK (json_valid(door)),
    job TEXT NOT NULL REFERENCES job (id)
) STRICT, WITHOUT ROWID;
CREATE TABLE doorExamined (
    job TEXT NOT NULL REFERENCES job (id),
    address TEXT NOT NULL,
    PRIMARY KEY (job, address)
) STRICT, WITHOUT ROWID;
CREATE TABLE doorRejection (
    address TEXT NOT NULL,
    checkName TEXT NOT NULL,
    reason TEXT NOT NULL,
    seal TEXT CHECK (seal IS NULL OR json_valid(seal)),
    job TEXT NOT NULL REFERENCES job (id),
    PRIMARY KEY (address, checkName)
) STRICT, WITHOUT ROWID;
CREATE TABLE entry (
    source TEXT NOT NULL REFERENCES source (base),
    path TEXT NOT NULL,
    isPresent INTEGER NOT NULL CHECK (isPresent IN (0, 1)),
    payload TEXT CHECK (length(payload) = 64),
    version TEXT CHECK (version IS NULL OR json_valid(version)),
    job TEXT NOT NULL REFERENCES job (id),
    PRIMARY KEY (source, path)
) STRICT, WITHOUT ROWID;
CREATE INDEX entryByPayload ON entry (payload);
CREATE TABLE fault (
    id INTEGER NOT NULL PRIMARY KEY,
    job TEXT NOT NULL REFERENCES job (id),
    isRemark INTEGER NOT NULL CHECK (isRemark IN (0, 1)),
    what TEXT NOT NULL,
    address TEXT,
    seal TEXT CHECK (seal IS NULL OR json_valid(seal))
) STRICT;
CREATE INDEX faultByJob ON fault (job);
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
CREATE TABLE hostSheet (
    id INTEGER NOT NULL PRIMARY KEY,
    sheet TEXT NOT NULL UNIQUE CHECK (json_valid(sheet))
) STRICT;
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
CREATE TABLE identity (
    id INTEGER NOT NULL PRIMARY KEY,
    identity TEXT NOT NULL UNIQUE CHECK (json_valid(identity))
) STRICT;
CREATE TABLE importedFile (
    digest TEXT NOT NULL CHECK (length(digest) = 64),
    name TEXT NOT NULL,
    run TEXT NOT NULL,
    told TEXT NOT NULL CHECK (told IN ('new', 'known', 'more')),
    job TEXT NOT NULL REFERENCES job (id),
    PRIMARY KEY (digest, name, job)
) STRICT, WITHOUT ROWID;
CREATE TABLE job (
    id TEXT NOT NULL PRIMARY KEY,
    run TEXT NOT NULL REFERENCES run (id),
    completeness TEXT NOT NULL CHECK (completeness IN ('running', 'complete', 'incomplete')),
    leaf INTEGER NOT NULL
) STRICT;
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
CREATE TABLE notePair (
    payload TEXT NOT NULL REFERENCES fileReading (payload),
    number INTEGER NOT NULL,
    pair TEXT NOT NULL CHECK (json_valid(pair)),
    PRIMARY KEY (payload, number)
) STRICT, WITHOUT ROWID;
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
CREATE TABLE reach (
    id INTEGER NOT NULL PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,
    reach TEXT NOT NULL CHECK (json_valid(reach)),
    runs INTEGER NOT NULL
) STRICT;
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
CREATE TABLE "run" (
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
CREATE TABLE sheetSpan (
    reach INTEGER NOT NULL REFERENCES reach (id),
    address ANY NOT NULL,
    transport TEXT NOT NULL CHECK (transport IN ('tcp', 'udp')),
    first INTEGER NOT NULL,
    last INTEGER,
    sheet INTEGER NOT NULL REFERENCES hostSheet (id),
    PRIMARY KEY (reach, address, transport, first)
) STRICT, WITHOUT ROWID;
CREATE TABLE source (
    base TEXT NOT NULL PRIMARY KEY,
    endpoint TEXT NOT NULL,
    kind TEXT NOT NULL,
    state TEXT CHECK (length(state) = 64)
) STRICT, WITHOUT ROWID;
CREATE TABLE sweep (
    job TEXT NOT NULL REFERENCES job (id),
    port INTEGER NOT NULL CHECK (port BETWEEN 1 AND 65535),
    open TEXT NOT NULL,
    closed TEXT NOT NULL,
    noAnswer TEXT NOT NULL,
    PRIMARY KEY (job, port)
) STRICT, WITHOUT ROWID;
CREATE TABLE templateFinding (
    website TEXT NOT NULL,
    endpoint TEXT NOT NULL,
    template TEXT NOT NULL,
    firstSeen INTEGER NOT NULL,
    lastSeen INTEGER NOT NULL,
    finding TEXT NOT NULL CHECK (json_valid(finding)),
    job TEXT NOT NULL REFERENCES job (id), absentSince INTEGER,
    PRIMARY KEY (website, endpoint, template)
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
CREATE TABLE visitor (
    log TEXT NOT NULL REFERENCES log (foundAt),
    client TEXT NOT NULL,
    line TEXT NOT NULL CHECK (line IN ('vpn', 'hosting', 'ordinary')),
    visitor TEXT NOT NULL CHECK (json_valid(visitor)),
    PRIMARY KEY (log, client)
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
CREATE TABLE websiteSpan (
    reach INTEGER NOT NULL REFERENCES reach (id),
    name TEXT NOT NULL,
    endpoint TEXT NOT NULL,
    scheme TEXT NOT NULL CHECK (scheme IN ('http', 'https')),
    first INTEGER NOT NULL,
    last INTEGER,
    PRIMARY KEY (reach, name, endpoint, scheme, first)
) STRICT, WITHOUT ROWID;
