PRAGMA foreign_keys=OFF;
BEGIN TRANSACTION;
CREATE TABLE grdb_migrations (identifier TEXT NOT NULL PRIMARY KEY);
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
CREATE TABLE source (
    base TEXT NOT NULL PRIMARY KEY,
    endpoint TEXT NOT NULL,
    kind TEXT NOT NULL,
    state TEXT CHECK (length(state) = 64)
) STRICT, WITHOUT ROWID;
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
CREATE TABLE visitor (
    log TEXT NOT NULL REFERENCES log (foundAt),
    client TEXT NOT NULL,
    line TEXT NOT NULL CHECK (line IN ('vpn', 'hosting', 'ordinary')),
    visitor TEXT NOT NULL CHECK (json_valid(visitor)),
    PRIMARY KEY (log, client)
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
INSERT INTO "grdb_migrations" VALUES('001 runs');
INSERT INTO "grdb_migrations" VALUES('002 census');
INSERT INTO "grdb_migrations" VALUES('003 doors');
INSERT INTO "grdb_migrations" VALUES('004 entries');
INSERT INTO "grdb_migrations" VALUES('005 readings');
INSERT INTO "grdb_migrations" VALUES('006 identifications');
INSERT INTO "grdb_migrations" VALUES('007 visitors');
INSERT INTO "grdb_migrations" VALUES('008 templates');
INSERT INTO "grdb_migrations" VALUES('009 template absence');
INSERT INTO "grdb_migrations" VALUES('010 history');
INSERT INTO "job" VALUES('2024-01-15-census-1/scope','2024-01-15-census-1','complete',0);
INSERT INTO "job" VALUES('2024-01-15-collect-1/http://files.example.zz/data/','2024-01-15-collect-1','complete',2);
INSERT INTO "job" VALUES('2024-01-15-doors-1/scope','2024-01-15-doors-1','complete',1);
INSERT INTO "job" VALUES('2024-01-16-collect-1/http://files.example.zz/data/','2024-01-16-collect-1','complete',3);
INSERT INTO "job" VALUES('2024-01-17-collect-1/http://files.example.zz/data/','2024-01-17-collect-1','complete',4);
INSERT INTO "job" VALUES('2024-01-18-collect-1/http://files.example.zz/data/','2024-01-18-collect-1','complete',5);
INSERT INTO "job" VALUES('2024-01-19-collect-1/http://files.example.zz/data/','2024-01-19-collect-1','complete',6);
INSERT INTO "job" VALUES('2024-01-20-collect-1/http://files.example.zz/data/','2024-01-20-collect-1','complete',7);
INSERT INTO "job" VALUES('2024-01-21-collect-1/http://files.example.zz/data/','2024-01-21-collect-1','complete',8);
INSERT INTO "job" VALUES('2024-01-22-collect-1/http://files.example.zz/data/','2024-01-22-collect-1','complete',9);
INSERT INTO "job" VALUES('2024-01-23-collect-1/http://files.example.zz/data/','2024-01-23-collect-1','complete',10);
INSERT INTO "job" VALUES('2024-01-24-collect-1/http://files.example.zz/data/','2024-01-24-collect-1','complete',11);
INSERT INTO "job" VALUES('2024-01-25-collect-1/http://files.example.zz/data/','2024-01-25-collect-1','complete',12);
INSERT INTO "job" VALUES('2024-01-26-collect-1/http://files.example.zz/data/','2024-01-26-collect-1','complete',13);
INSERT INTO "job" VALUES('2024-01-27-collect-1/http://files.example.zz/data/','2024-01-27-collect-1','complete',14);
INSERT INTO "job" VALUES('2024-01-28-collect-1/http://files.example.zz/data/','2024-01-28-collect-1','complete',15);
INSERT INTO "job" VALUES('2024-01-29-identify-1/all','2024-01-29-identify-1','complete',17);
INSERT INTO "job" VALUES('2024-01-29-read-1/0','2024-01-29-read-1','complete',16);
INSERT INTO "job" VALUES('2024-01-29-trace-1/0','2024-01-29-trace-1','complete',18);
INSERT INTO "fault" VALUES(1,'2024-01-15-census-1/scope',1,'the TXT record of example.zz looks like SPF and is none: vspf1',NULL,NULL);
INSERT INTO "service" VALUES('127.45.176.5:80','tcp',1705348860000000,1705348860000000,NULL,'{"at":"2024-01-15T20:01:00Z","banner":[72,84,84,80,47,49,46,49,32,50,48,48,32,79,75],"endpoint":"127.45.176.5:80","facts":{"software":"nginx/1.22.1"},"seal":{"leaf":11,"length":1011,"payload":"0101010101010101010101010101010101010101010101010101010101010101","record":"urn:uuid:11"},"speaks":"http","transport":"tcp"}','2024-01-15-census-1/scope');
INSERT INTO "website" VALUES('files.example.zz','127.45.176.5:80','http',1705348860000000,1705348860000000,NULL,'{"at":"2024-01-15T20:01:00Z","endpoint":"127.45.176.5:80","frontPage":"0101010101010101010101010101010101010101010101010101010101010101","name":"files.example.zz","origins":["zone"],"scheme":"http","seal":{"leaf":11,"length":1011,"payload":"0101010101010101010101010101010101010101010101010101010101010101","record":"urn:uuid:11"},"software":"nginx/1.22.1","status":200,"title":"Sign in <b>"}','2024-01-15-census-1/scope');
INSERT INTO "nameRecord" VALUES('files.example.zz','A','127.45.176.5',1705348860000000,1705348860000000,NULL,'2024-01-15-census-1/scope');
INSERT INTO "door" VALUES('http://files.example.zz/data/','data folder',1705348860000000,1705348860000000,NULL,'{"address":"http://files.example.zz/data/","check":"data-folder","endpoint":"127.45.176.5:80","grade":"proven","kind":"data folder","proof":[{"address":"http://files.example.zz/","at":"2024-01-15T20:01:00Z","role":"login page","seal":{"leaf":12,"length":1012,"payload":"0202020202020202020202020202020202020202020202020202020202020202","record":"urn:uuid:12"},"shows":"a form that asks for a password","status":200},{"address":"http://files.example.zz/data/a.png","at":"2024-01-15T20:01:00Z","role":"content","seal":{"leaf":13,"length":1013,"payload":"0303030303030303030303030303030303030303030303030303030303030303","record":"urn:uuid:13"},"shows":"an image of 1,204 bytes, sent though no credential was","status":200},{"address":"http://files.example.zz/data/no-such-x1","at":"2024-01-15T20:01:00Z","role":"sibling","seal":{"leaf":14,"length":1014,"payload":"0404040404040404040404040404040404040404040404040404040404040404","record":"urn:uuid:14"},"shows":"refused","status":404}],"reason":"content came without a credential, and names that cannot be there are refused","website":"files.example.zz"}','2024-01-15-doors-1/scope');
INSERT INTO "doorRejection" VALUES('http://wiki.example.zz/data/','data-folder','answers 200 with the same page at a random path',NULL,'2024-01-15-doors-1/scope');
INSERT INTO "doorExamined" VALUES('2024-01-15-doors-1/scope','http://files.example.zz/');
INSERT INTO "source" VALUES('http://files.example.zz/data/','127.45.176.5:80','data folder','a3a3a3a3a3a3a3a3a3a3a3a3a3a3a3a3a3a3a3a3a3a3a3a3a3a3a3a3a3a3a3a3');
INSERT INTO "collection" VALUES('2024-01-15-collect-1/http://files.example.zz/data/','http://files.example.zz/data/',1,1,'9696969696969696969696969696969696969696969696969696969696969696',1705348800000000,1705348860000000,3,'{"bodyBytes":0,"bodyRequests":0,"entries":3,"folders":0,"listingRequests":0,"reread":0}','[{"leaf":18,"length":1018,"payload":"6464646464646464646464646464646464646464646464646464646464646464","record":"urn:uuid:18"}]');
INSERT INTO "collection" VALUES('2024-01-16-collect-1/http://files.example.zz/data/','http://files.example.zz/data/',0,1,'9797979797979797979797979797979797979797979797979797979797979797',1705435200000000,1705435260000000,2,'{"bodyBytes":0,"bodyRequests":0,"entries":2,"folders":0,"listingRequests":0,"reread":0}','[{"leaf":21,"length":1021,"payload":"6565656565656565656565656565656565656565656565656565656565656565","record":"urn:uuid:21"}]');
INSERT INTO "collection" VALUES('2024-01-17-collect-1/http://files.example.zz/data/','http://files.example.zz/data/',0,1,'9898989898989898989898989898989898989898989898989898989898989898',1705521600000000,1705521660000000,2,'{"bodyBytes":0,"bodyRequests":0,"entries":2,"folders":0,"listingRequests":0,"reread":0}','[{"leaf":24,"length":1024,"payload":"6666666666666666666666666666666666666666666666666666666666666666","record":"urn:uuid:24"}]');
INSERT INTO "collection" VALUES('2024-01-18-collect-1/http://files.example.zz/data/','http://files.example.zz/data/',0,1,'9999999999999999999999999999999999999999999999999999999999999999',1705608000000000,1705608060000000,2,'{"bodyBytes":0,"bodyRequests":0,"entries":2,"folders":0,"listingRequests":0,"reread":0}','[{"leaf":27,"length":1027,"payload":"6767676767676767676767676767676767676767676767676767676767676767","record":"urn:uuid:27"}]');
INSERT INTO "collection" VALUES('2024-01-19-collect-1/http://files.example.zz/data/','http://files.example.zz/data/',0,1,'9a9a9a9a9a9a9a9a9a9a9a9a9a9a9a9a9a9a9a9a9a9a9a9a9a9a9a9a9a9a9a9a',1705694400000000,1705694460000000,2,'{"bodyBytes":0,"bodyRequests":0,"entries":2,"folders":0,"listingRequests":0,"reread":0}','[{"leaf":30,"length":1030,"payload":"6868686868686868686868686868686868686868686868686868686868686868","record":"urn:uuid:30"}]');
INSERT INTO "collection" VALUES('2024-01-20-collect-1/http://files.example.zz/data/','http://files.example.zz/data/',0,1,'9b9b9b9b9b9b9b9b9b9b9b9b9b9b9b9b9b9b9b9b9b9b9b9b9b9b9b9b9b9b9b9b',1705780800000000,1705780860000000,0,'{"bodyBytes":0,"bodyRequests":0,"entries":0,"folders":0,"listingRequests":0,"reread":0}','[{"leaf":31,"length":1031,"payload":"6969696969696969696969696969696969696969696969696969696969696969","record":"urn:uuid:31"}]');
INSERT INTO "collection" VALUES('2024-01-21-collect-1/http://files.example.zz/data/','http://files.example.zz/data/',0,1,'9c9c9c9c9c9c9c9c9c9c9c9c9c9c9c9c9c9c9c9c9c9c9c9c9c9c9c9c9c9c9c9c',1705867200000000,1705867260000000,0,'{"bodyBytes":0,"bodyRequests":0,"entries":0,"folders":0,"listingRequests":0,"reread":0}','[{"leaf":32,"length":1032,"payload":"6a6a6a6a6a6a6a6a6a6a6a6a6a6a6a6a6a6a6a6a6a6a6a6a6a6a6a6a6a6a6a6a","record":"urn:uuid:32"}]');
INSERT INTO "collection" VALUES('2024-01-22-collect-1/http://files.example.zz/data/','http://files.example.zz/data/',0,1,'9d9d9d9d9d9d9d9d9d9d9d9d9d9d9d9d9d9d9d9d9d9d9d9d9d9d9d9d9d9d9d9d',1705953600000000,1705953660000000,2,'{"bodyBytes":0,"bodyRequests":0,"entries":2,"folders":0,"listingRequests":0,"reread":0}','[{"leaf":35,"length":1035,"payload":"6b6b6b6b6b6b6b6b6b6b6b6b6b6b6b6b6b6b6b6b6b6b6b6b6b6b6b6b6b6b6b6b","record":"urn:uuid:35"}]');
INSERT INTO "collection" VALUES('2024-01-23-collect-1/http://files.example.zz/data/','http://files.example.zz/data/',0,1,'9e9e9e9e9e9e9e9e9e9e9e9e9e9e9e9e9e9e9e9e9e9e9e9e9e9e9e9e9e9e9e9e',1706040000000000,1706040060000000,0,'{"bodyBytes":0,"bodyRequests":0,"entries":0,"folders":0,"listingRequests":0,"reread":0}','[{"leaf":36,"length":1036,"payload":"6c6c6c6c6c6c6c6c6c6c6c6c6c6c6c6c6c6c6c6c6c6c6c6c6c6c6c6c6c6c6c6c","record":"urn:uuid:36"}]');
INSERT INTO "collection" VALUES('2024-01-24-collect-1/http://files.example.zz/data/','http://files.example.zz/data/',0,1,'9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f',1706126400000000,1706126460000000,0,'{"bodyBytes":0,"bodyRequests":0,"entries":0,"folders":0,"listingRequests":0,"reread":0}','[{"leaf":37,"length":1037,"payload":"6d6d6d6d6d6d6d6d6d6d6d6d6d6d6d6d6d6d6d6d6d6d6d6d6d6d6d6d6d6d6d6d","record":"urn:uuid:37"}]');
INSERT INTO "collection" VALUES('2024-01-25-collect-1/http://files.example.zz/data/','http://files.example.zz/data/',0,1,'a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0',1706212800000000,1706212860000000,0,'{"bodyBytes":0,"bodyRequests":0,"entries":0,"folders":0,"listingRequests":0,"reread":0}','[{"leaf":38,"length":1038,"payload":"6e6e6e6e6e6e6e6e6e6e6e6e6e6e6e6e6e6e6e6e6e6e6e6e6e6e6e6e6e6e6e6e","record":"urn:uuid:38"}]');
INSERT INTO "collection" VALUES('2024-01-26-collect-1/http://files.example.zz/data/','http://files.example.zz/data/',0,1,'a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1',1706299200000000,1706299260000000,0,'{"bodyBytes":0,"bodyRequests":0,"entries":0,"folders":0,"listingRequests":0,"reread":0}','[{"leaf":39,"length":1039,"payload":"6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f","record":"urn:uuid:39"}]');
INSERT INTO "collection" VALUES('2024-01-27-collect-1/http://files.example.zz/data/','http://files.example.zz/data/',0,1,'a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2',1706385600000000,1706385660000000,0,'{"bodyBytes":0,"bodyRequests":0,"entries":0,"folders":0,"listingRequests":0,"reread":0}','[{"leaf":40,"length":1040,"payload":"7070707070707070707070707070707070707070707070707070707070707070","record":"urn:uuid:40"}]');
INSERT INTO "collection" VALUES('2024-01-28-collect-1/http://files.example.zz/data/','http://files.example.zz/data/',0,1,'a3a3a3a3a3a3a3a3a3a3a3a3a3a3a3a3a3a3a3a3a3a3a3a3a3a3a3a3a3a3a3a3',1706472000000000,1706472060000000,0,'{"bodyBytes":0,"bodyRequests":0,"entries":0,"folders":0,"listingRequests":0,"reread":0}','[{"leaf":41,"length":1041,"payload":"7171717171717171717171717171717171717171717171717171717171717171","record":"urn:uuid:41"}]');
INSERT INTO "entry" VALUES('http://files.example.zz/data/','%3Cscript%3Ealert%28%27x%27%29%3C/script%3E%E2%80%AEgpj%1B%5B2J.png',1,'1616161616161616161616161616161616161616161616161616161616161616','{"modified":{"notAfter":"2024-01-15T10:01:00Z","notBefore":"2024-01-15T10:01:00Z"},"payload":"1616161616161616161616161616161616161616161616161616161616161616","readAt":"2024-01-15T20:01:00Z","seal":{"leaf":17,"length":1017,"payload":"1616161616161616161616161616161616161616161616161616161616161616","record":"urn:uuid:17"},"size":{"atLeast":1017,"atMost":1017}}','2024-01-15-collect-1/http://files.example.zz/data/');
INSERT INTO "entry" VALUES('http://files.example.zz/data/','%E7%AC%AC3%E9%9B%86_%E9%95%9C%E5%A4%B41_%E4%BF%AE%E6%94%B92.jpg',1,'1919191919191919191919191919191919191919191919191919191919191919','{"modified":{"notAfter":"2024-01-16T10:01:00Z","notBefore":"2024-01-16T10:01:00Z"},"payload":"1919191919191919191919191919191919191919191919191919191919191919","readAt":"2024-01-16T20:01:00Z","seal":{"leaf":20,"length":1020,"payload":"1919191919191919191919191919191919191919191919191919191919191919","record":"urn:uuid:20"},"size":{"atLeast":1020,"atMost":1020}}','2024-01-16-collect-1/http://files.example.zz/data/');
INSERT INTO "entry" VALUES('http://files.example.zz/data/','%E7%AC%AC3%E9%9B%86_%E9%95%9C%E5%A4%B42_%E4%BF%AE%E6%94%B92.jpg',1,'1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d','{"modified":{"notAfter":"2024-01-17T10:01:00Z","notBefore":"2024-01-17T10:01:00Z"},"payload":"1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d","readAt":"2024-01-17T20:01:00Z","seal":{"leaf":23,"length":1023,"payload":"1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d","record":"urn:uuid:23"},"size":{"atLeast":1023,"atMost":1023}}','2024-01-17-collect-1/http://files.example.zz/data/');
INSERT INTO "entry" VALUES('http://files.example.zz/data/','%E7%AC%AC3%E9%9B%86_%E9%95%9C%E5%A4%B43_%E4%BF%AE%E6%94%B92.jpg',1,'2121212121212121212121212121212121212121212121212121212121212121','{"modified":{"notAfter":"2024-01-18T10:01:00Z","notBefore":"2024-01-18T10:01:00Z"},"payload":"2121212121212121212121212121212121212121212121212121212121212121","readAt":"2024-01-18T20:01:00Z","seal":{"leaf":26,"length":1026,"payload":"2121212121212121212121212121212121212121212121212121212121212121","record":"urn:uuid:26"},"size":{"atLeast":1026,"atMost":1026}}','2024-01-18-collect-1/http://files.example.zz/data/');
INSERT INTO "entry" VALUES('http://files.example.zz/data/','%E7%AC%AC3%E9%9B%86_%E9%95%9C%E5%A4%B44_%E4%BF%AE%E6%94%B92.jpg',1,'2525252525252525252525252525252525252525252525252525252525252525','{"modified":{"notAfter":"2024-01-19T10:01:00Z","notBefore":"2024-01-19T10:01:00Z"},"payload":"2525252525252525252525252525252525252525252525252525252525252525","readAt":"2024-01-19T20:01:00Z","seal":{"leaf":29,"length":1029,"payload":"2525252525252525252525252525252525252525252525252525252525252525","record":"urn:uuid:29"},"size":{"atLeast":1029,"atMost":1029}}','2024-01-19-collect-1/http://files.example.zz/data/');
INSERT INTO "entry" VALUES('http://files.example.zz/data/','%E7%AC%AC3%E9%9B%86_%E9%95%9C%E5%A4%B47_%E4%BF%AE%E6%94%B92.jpg',1,'3131313131313131313131313131313131313131313131313131313131313131','{"modified":{"notAfter":"2024-01-22T10:01:00Z","notBefore":"2024-01-22T10:01:00Z"},"payload":"3131313131313131313131313131313131313131313131313131313131313131","readAt":"2024-01-22T20:01:00Z","seal":{"leaf":34,"length":1034,"payload":"3131313131313131313131313131313131313131313131313131313131313131","record":"urn:uuid:34"},"size":{"atLeast":1034,"atMost":1034}}','2024-01-22-collect-1/http://files.example.zz/data/');
INSERT INTO "entry" VALUES('http://files.example.zz/data/','LHB_S01E02_SC001_KA_T1.png',1,'1414141414141414141414141414141414141414141414141414141414141414','{"modified":{"notAfter":"2024-01-15T10:01:00Z","notBefore":"2024-01-15T10:01:00Z"},"payload":"1414141414141414141414141414141414141414141414141414141414141414","readAt":"2024-01-15T20:01:00Z","seal":{"leaf":15,"length":1015,"payload":"1414141414141414141414141414141414141414141414141414141414141414","record":"urn:uuid:15"},"size":{"atLeast":1015,"atMost":1015}}','2024-01-15-collect-1/http://files.example.zz/data/');
INSERT INTO "entry" VALUES('http://files.example.zz/data/','LHB_S01E02_SC101_KA_T1.png',1,'1818181818181818181818181818181818181818181818181818181818181818','{"modified":{"notAfter":"2024-01-16T10:01:00Z","notBefore":"2024-01-16T10:01:00Z"},"payload":"1818181818181818181818181818181818181818181818181818181818181818","readAt":"2024-01-16T20:01:00Z","seal":{"leaf":19,"length":1019,"payload":"1818181818181818181818181818181818181818181818181818181818181818","record":"urn:uuid:19"},"size":{"atLeast":1019,"atMost":1019}}','2024-01-16-collect-1/http://files.example.zz/data/');
INSERT INTO "entry" VALUES('http://files.example.zz/data/','LHB_S01E02_SC102_KA_T1.png',1,'1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c','{"modified":{"notAfter":"2024-01-17T10:01:00Z","notBefore":"2024-01-17T10:01:00Z"},"payload":"1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c","readAt":"2024-01-17T20:01:00Z","seal":{"leaf":22,"length":1022,"payload":"1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c","record":"urn:uuid:22"},"size":{"atLeast":1022,"atMost":1022}}','2024-01-17-collect-1/http://files.example.zz/data/');
INSERT INTO "entry" VALUES('http://files.example.zz/data/','LHB_S01E02_SC103_KA_T1.png',1,'2020202020202020202020202020202020202020202020202020202020202020','{"modified":{"notAfter":"2024-01-18T10:01:00Z","notBefore":"2024-01-18T10:01:00Z"},"payload":"2020202020202020202020202020202020202020202020202020202020202020","readAt":"2024-01-18T20:01:00Z","seal":{"leaf":25,"length":1025,"payload":"2020202020202020202020202020202020202020202020202020202020202020","record":"urn:uuid:25"},"size":{"atLeast":1025,"atMost":1025}}','2024-01-18-collect-1/http://files.example.zz/data/');
INSERT INTO "entry" VALUES('http://files.example.zz/data/','LHB_S01E02_SC104_KA_T1.png',1,'2424242424242424242424242424242424242424242424242424242424242424','{"modified":{"notAfter":"2024-01-19T10:01:00Z","notBefore":"2024-01-19T10:01:00Z"},"payload":"2424242424242424242424242424242424242424242424242424242424242424","readAt":"2024-01-19T20:01:00Z","seal":{"leaf":28,"length":1028,"payload":"2424242424242424242424242424242424242424242424242424242424242424","record":"urn:uuid:28"},"size":{"atLeast":1028,"atMost":1028}}','2024-01-19-collect-1/http://files.example.zz/data/');
INSERT INTO "entry" VALUES('http://files.example.zz/data/','LHB_S01E02_SC107_KA_T1.png',1,'3030303030303030303030303030303030303030303030303030303030303030','{"modified":{"notAfter":"2024-01-22T10:01:00Z","notBefore":"2024-01-22T10:01:00Z"},"payload":"3030303030303030303030303030303030303030303030303030303030303030","readAt":"2024-01-22T20:01:00Z","seal":{"leaf":33,"length":1033,"payload":"3030303030303030303030303030303030303030303030303030303030303030","record":"urn:uuid:33"},"size":{"atLeast":1033,"atMost":1033}}','2024-01-22-collect-1/http://files.example.zz/data/');
INSERT INTO "entry" VALUES('http://files.example.zz/data/','horses/running.mp4',1,'1515151515151515151515151515151515151515151515151515151515151515','{"modified":{"notAfter":"2024-01-15T10:01:00Z","notBefore":"2024-01-15T10:01:00Z"},"payload":"1515151515151515151515151515151515151515151515151515151515151515","readAt":"2024-01-15T20:01:00Z","seal":{"leaf":16,"length":1016,"payload":"1515151515151515151515151515151515151515151515151515151515151515","record":"urn:uuid:16"},"size":{"atLeast":1016,"atMost":1016}}','2024-01-15-collect-1/http://files.example.zz/data/');
INSERT INTO "change" VALUES(1,'2024-01-15-collect-1/http://files.example.zz/data/','http://files.example.zz/data/','LHB_S01E02_SC001_KA_T1.png','added',NULL,1705348860000000,NULL,'{"modified":{"notAfter":"2024-01-15T10:01:00Z","notBefore":"2024-01-15T10:01:00Z"},"payload":"1414141414141414141414141414141414141414141414141414141414141414","readAt":"2024-01-15T20:01:00Z","seal":{"leaf":15,"length":1015,"payload":"1414141414141414141414141414141414141414141414141414141414141414","record":"urn:uuid:15"},"size":{"atLeast":1015,"atMost":1015}}',NULL);
INSERT INTO "change" VALUES(10,'2024-01-19-collect-1/http://files.example.zz/data/','http://files.example.zz/data/','LHB_S01E02_SC104_KA_T1.png','added',1705608060000000,1705694460000000,NULL,'{"modified":{"notAfter":"2024-01-19T10:01:00Z","notBefore":"2024-01-19T10:01:00Z"},"payload":"2424242424242424242424242424242424242424242424242424242424242424","readAt":"2024-01-19T20:01:00Z","seal":{"leaf":28,"length":1028,"payload":"2424242424242424242424242424242424242424242424242424242424242424","record":"urn:uuid:28"},"size":{"atLeast":1028,"atMost":1028}}',NULL);
INSERT INTO "change" VALUES(11,'2024-01-19-collect-1/http://files.example.zz/data/','http://files.example.zz/data/','%E7%AC%AC3%E9%9B%86_%E9%95%9C%E5%A4%B44_%E4%BF%AE%E6%94%B92.jpg','added',1705608060000000,1705694460000000,NULL,'{"modified":{"notAfter":"2024-01-19T10:01:00Z","notBefore":"2024-01-19T10:01:00Z"},"payload":"2525252525252525252525252525252525252525252525252525252525252525","readAt":"2024-01-19T20:01:00Z","seal":{"leaf":29,"length":1029,"payload":"2525252525252525252525252525252525252525252525252525252525252525","record":"urn:uuid:29"},"size":{"atLeast":1029,"atMost":1029}}',NULL);
INSERT INTO "change" VALUES(12,'2024-01-22-collect-1/http://files.example.zz/data/','http://files.example.zz/data/','LHB_S01E02_SC107_KA_T1.png','added',1705867260000000,1705953660000000,NULL,'{"modified":{"notAfter":"2024-01-22T10:01:00Z","notBefore":"2024-01-22T10:01:00Z"},"payload":"3030303030303030303030303030303030303030303030303030303030303030","readAt":"2024-01-22T20:01:00Z","seal":{"leaf":33,"length":1033,"payload":"3030303030303030303030303030303030303030303030303030303030303030","record":"urn:uuid:33"},"size":{"atLeast":1033,"atMost":1033}}',NULL);
INSERT INTO "change" VALUES(13,'2024-01-22-collect-1/http://files.example.zz/data/','http://files.example.zz/data/','%E7%AC%AC3%E9%9B%86_%E9%95%9C%E5%A4%B47_%E4%BF%AE%E6%94%B92.jpg','added',1705867260000000,1705953660000000,NULL,'{"modified":{"notAfter":"2024-01-22T10:01:00Z","notBefore":"2024-01-22T10:01:00Z"},"payload":"3131313131313131313131313131313131313131313131313131313131313131","readAt":"2024-01-22T20:01:00Z","seal":{"leaf":34,"length":1034,"payload":"3131313131313131313131313131313131313131313131313131313131313131","record":"urn:uuid:34"},"size":{"atLeast":1034,"atMost":1034}}',NULL);
INSERT INTO "change" VALUES(2,'2024-01-15-collect-1/http://files.example.zz/data/','http://files.example.zz/data/','horses/running.mp4','added',NULL,1705348860000000,NULL,'{"modified":{"notAfter":"2024-01-15T10:01:00Z","notBefore":"2024-01-15T10:01:00Z"},"payload":"1515151515151515151515151515151515151515151515151515151515151515","readAt":"2024-01-15T20:01:00Z","seal":{"leaf":16,"length":1016,"payload":"1515151515151515151515151515151515151515151515151515151515151515","record":"urn:uuid:16"},"size":{"atLeast":1016,"atMost":1016}}',NULL);
INSERT INTO "change" VALUES(3,'2024-01-15-collect-1/http://files.example.zz/data/','http://files.example.zz/data/','%3Cscript%3Ealert%28%27x%27%29%3C/script%3E%E2%80%AEgpj%1B%5B2J.png','added',NULL,1705348860000000,NULL,'{"modified":{"notAfter":"2024-01-15T10:01:00Z","notBefore":"2024-01-15T10:01:00Z"},"payload":"1616161616161616161616161616161616161616161616161616161616161616","readAt":"2024-01-15T20:01:00Z","seal":{"leaf":17,"length":1017,"payload":"1616161616161616161616161616161616161616161616161616161616161616","record":"urn:uuid:17"},"size":{"atLeast":1017,"atMost":1017}}',NULL);
INSERT INTO "change" VALUES(4,'2024-01-16-collect-1/http://files.example.zz/data/','http://files.example.zz/data/','LHB_S01E02_SC101_KA_T1.png','added',1705348860000000,1705435260000000,NULL,'{"modified":{"notAfter":"2024-01-16T10:01:00Z","notBefore":"2024-01-16T10:01:00Z"},"payload":"1818181818181818181818181818181818181818181818181818181818181818","readAt":"2024-01-16T20:01:00Z","seal":{"leaf":19,"length":1019,"payload":"1818181818181818181818181818181818181818181818181818181818181818","record":"urn:uuid:19"},"size":{"atLeast":1019,"atMost":1019}}',NULL);
INSERT INTO "change" VALUES(5,'2024-01-16-collect-1/http://files.example.zz/data/','http://files.example.zz/data/','%E7%AC%AC3%E9%9B%86_%E9%95%9C%E5%A4%B41_%E4%BF%AE%E6%94%B92.jpg','added',1705348860000000,1705435260000000,NULL,'{"modified":{"notAfter":"2024-01-16T10:01:00Z","notBefore":"2024-01-16T10:01:00Z"},"payload":"1919191919191919191919191919191919191919191919191919191919191919","readAt":"2024-01-16T20:01:00Z","seal":{"leaf":20,"length":1020,"payload":"1919191919191919191919191919191919191919191919191919191919191919","record":"urn:uuid:20"},"size":{"atLeast":1020,"atMost":1020}}',NULL);
INSERT INTO "change" VALUES(6,'2024-01-17-collect-1/http://files.example.zz/data/','http://files.example.zz/data/','LHB_S01E02_SC102_KA_T1.png','added',1705435260000000,1705521660000000,NULL,'{"modified":{"notAfter":"2024-01-17T10:01:00Z","notBefore":"2024-01-17T10:01:00Z"},"payload":"1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c","readAt":"2024-01-17T20:01:00Z","seal":{"leaf":22,"length":1022,"payload":"1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c","record":"urn:uuid:22"},"size":{"atLeast":1022,"atMost":1022}}',NULL);
INSERT INTO "change" VALUES(7,'2024-01-17-collect-1/http://files.example.zz/data/','http://files.example.zz/data/','%E7%AC%AC3%E9%9B%86_%E9%95%9C%E5%A4%B42_%E4%BF%AE%E6%94%B92.jpg','added',1705435260000000,1705521660000000,NULL,'{"modified":{"notAfter":"2024-01-17T10:01:00Z","notBefore":"2024-01-17T10:01:00Z"},"payload":"1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d","readAt":"2024-01-17T20:01:00Z","seal":{"leaf":23,"length":1023,"payload":"1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d","record":"urn:uuid:23"},"size":{"atLeast":1023,"atMost":1023}}',NULL);
INSERT INTO "change" VALUES(8,'2024-01-18-collect-1/http://files.example.zz/data/','http://files.example.zz/data/','LHB_S01E02_SC103_KA_T1.png','added',1705521660000000,1705608060000000,NULL,'{"modified":{"notAfter":"2024-01-18T10:01:00Z","notBefore":"2024-01-18T10:01:00Z"},"payload":"2020202020202020202020202020202020202020202020202020202020202020","readAt":"2024-01-18T20:01:00Z","seal":{"leaf":25,"length":1025,"payload":"2020202020202020202020202020202020202020202020202020202020202020","record":"urn:uuid:25"},"size":{"atLeast":1025,"atMost":1025}}',NULL);
INSERT INTO "change" VALUES(9,'2024-01-18-collect-1/http://files.example.zz/data/','http://files.example.zz/data/','%E7%AC%AC3%E9%9B%86_%E9%95%9C%E5%A4%B43_%E4%BF%AE%E6%94%B92.jpg','added',1705521660000000,1705608060000000,NULL,'{"modified":{"notAfter":"2024-01-18T10:01:00Z","notBefore":"2024-01-18T10:01:00Z"},"payload":"2121212121212121212121212121212121212121212121212121212121212121","readAt":"2024-01-18T20:01:00Z","seal":{"leaf":26,"length":1026,"payload":"2121212121212121212121212121212121212121212121212121212121212121","record":"urn:uuid:26"},"size":{"atLeast":1026,"atMost":1026}}',NULL);
INSERT INTO "fileReading" VALUES('1414141414141414141414141414141414141414141414141414141414141414','read',NULL,'image/png','PNG image data','{"name":"libmagic","version":"5.44"}','c8c8c8c8c8c8c8c8c8c8c8c8c8c8c8c8c8c8c8c8c8c8c8c8c8c8c8c8c8c8c8c8','2024-01-29-read-1/0');
INSERT INTO "fileReading" VALUES('1515151515151515151515151515151515151515151515151515151515151515','failed','the decoder ran out of time','video/mp4','ISO Media','{"name":"libmagic","version":"5.44"}',NULL,'2024-01-29-read-1/0');
INSERT INTO "reading" VALUES('1414141414141414141414141414141414141414141414141414141414141414',0,'image.width','640',NULL,NULL,'{"predicate":"image.width","tool":{"name":"libmagic","version":"5.44"},"value":"640"}');
INSERT INTO "notePair" VALUES('1414141414141414141414141414141414141414141414141414141414141414',0,'{"disagreements":["18 against 8"],"note":{"confidence":0.9,"language":"zho-Hans","text":"爆炸太慢,整体压缩到18格。"},"reason":"directly below","translation":{"confidence":0.8,"language":"kor","text":"폭발이 너무 느림. 전체를 8콤마로 줄일것."}}');
INSERT INTO "identification" VALUES('http://files.example.zz/data/','%3Cscript%3Ealert%28%27x%27%29%3C/script%3E%E2%80%AEgpj%1B%5B2J.png','unidentified',NULL,'{"decodedName":"<script>alert(''x'')</script>‮gpj\u001b[2J.png","encoding":"UTF-8","path":"%3Cscript%3Ealert%28%27x%27%29%3C/script%3E%E2%80%AEgpj%1B%5B2J.png","payload":"1616161616161616161616161616161616161616161616161616161616161616","reasons":[],"source":"http://files.example.zz/data/","status":{"unidentified":{}},"work":{}}','2024-01-29-identify-1/all');
INSERT INTO "identification" VALUES('http://files.example.zz/data/','LHB_S01E02_SC001_KA_T1.png','identified','lantern','{"decodedName":"LHB_S01E02_SC001_KA_T1.png","encoding":"UTF-8","path":"LHB_S01E02_SC001_KA_T1.png","payload":"1414141414141414141414141414141414141414141414141414141414141414","reasons":[{"evidence":"LHB","rule":"code"}],"source":"http://files.example.zz/data/","status":{"identified":{"project":"lantern"}},"work":{"cut":"1","episode":2,"season":1}}','2024-01-29-identify-1/all');
INSERT INTO "log" VALUES('file access.log','1515151515151515151515151515151515151515151515151515151515151515',12,1,NULL,1706558400000000,1706558460000000,'[{"date":"2024-01-15","digest":"0707070707070707070707070707070707070707070707070707070707070707","licence":"CC0","name":"a test''s places","purpose":"places"}]','2024-01-29-trace-1/0');
INSERT INTO "visitor" VALUES('file access.log','192.0.2.1','ordinary','{"client":"192.0.2.1","line":"ordinary","lists":[],"places":[{"city":"Cádiz","country":"ES","latitude":36.5,"longitude":-6.3,"radius":50,"source":"a test''s places"}]}');
INSERT INTO "visit" VALUES('file access.log','192.0.2.1',1706558400000000,1706558460000000,'{"agent":"curl/8 <i>","bytes":4096,"client":"192.0.2.1","first":"2024-01-29T20:00:00Z","last":"2024-01-29T20:01:00Z","requests":11,"writes":2}');
INSERT INTO "templateFinding" VALUES('files.example.zz','127.45.176.5:80','small-panel',1705348860000000,1705348860000000,'{"endpoint":"127.45.176.5:80","evidence":[{"at":"2024-01-15T20:01:00Z","place":"http://files.example.zz/panel","role":"matched","seal":{"leaf":900,"length":900,"payload":"0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a","record":"urn:uuid:900"},"status":200}],"extracted":["1.2.3"],"grade":"likely","matchers":[],"name":"A panel <b>‮\u001b[2J","place":"http://files.example.zz/panel","reason":"a status or an absence matched, and random names do not match","severity":"medium","source":"0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b","template":"small-panel","website":"files.example.zz"}','2024-01-15-doors-1/scope',NULL);
INSERT INTO "run" VALUES('2024-01-15-census-1','census',1705348800000000,1705348860000000,'complete',NULL,'0909090909090909090909090909090909090909090909090909090909090909','{}','a test','0.0.0',1,0);
INSERT INTO "run" VALUES('2024-01-15-collect-1','collect',1705348800000000,1705348860000000,'complete',NULL,'0909090909090909090909090909090909090909090909090909090909090909','{}','a test','0.0.0',1,2);
INSERT INTO "run" VALUES('2024-01-15-doors-1','doors',1705348800000000,1705348860000000,'complete',NULL,'0909090909090909090909090909090909090909090909090909090909090909','{}','a test','0.0.0',1,1);
INSERT INTO "run" VALUES('2024-01-16-collect-1','collect',1705435200000000,1705435260000000,'complete',NULL,'0909090909090909090909090909090909090909090909090909090909090909','{}','a test','0.0.0',1,3);
INSERT INTO "run" VALUES('2024-01-17-collect-1','collect',1705521600000000,1705521660000000,'complete',NULL,'0909090909090909090909090909090909090909090909090909090909090909','{}','a test','0.0.0',1,4);
INSERT INTO "run" VALUES('2024-01-18-collect-1','collect',1705608000000000,1705608060000000,'complete',NULL,'0909090909090909090909090909090909090909090909090909090909090909','{}','a test','0.0.0',1,5);
INSERT INTO "run" VALUES('2024-01-19-collect-1','collect',1705694400000000,1705694460000000,'complete',NULL,'0909090909090909090909090909090909090909090909090909090909090909','{}','a test','0.0.0',1,6);
INSERT INTO "run" VALUES('2024-01-20-collect-1','collect',1705780800000000,1705780860000000,'complete',NULL,'0909090909090909090909090909090909090909090909090909090909090909','{}','a test','0.0.0',1,7);
INSERT INTO "run" VALUES('2024-01-21-collect-1','collect',1705867200000000,1705867260000000,'complete',NULL,'0909090909090909090909090909090909090909090909090909090909090909','{}','a test','0.0.0',1,8);
INSERT INTO "run" VALUES('2024-01-22-collect-1','collect',1705953600000000,1705953660000000,'complete',NULL,'0909090909090909090909090909090909090909090909090909090909090909','{}','a test','0.0.0',1,9);
INSERT INTO "run" VALUES('2024-01-23-collect-1','collect',1706040000000000,1706040060000000,'complete',NULL,'0909090909090909090909090909090909090909090909090909090909090909','{}','a test','0.0.0',1,10);
INSERT INTO "run" VALUES('2024-01-24-collect-1','collect',1706126400000000,1706126460000000,'complete',NULL,'0909090909090909090909090909090909090909090909090909090909090909','{}','a test','0.0.0',1,11);
INSERT INTO "run" VALUES('2024-01-25-collect-1','collect',1706212800000000,1706212860000000,'complete',NULL,'0909090909090909090909090909090909090909090909090909090909090909','{}','a test','0.0.0',1,12);
INSERT INTO "run" VALUES('2024-01-26-collect-1','collect',1706299200000000,1706299260000000,'complete',NULL,'0909090909090909090909090909090909090909090909090909090909090909','{}','a test','0.0.0',1,13);
INSERT INTO "run" VALUES('2024-01-27-collect-1','collect',1706385600000000,1706385660000000,'complete',NULL,'0909090909090909090909090909090909090909090909090909090909090909','{}','a test','0.0.0',1,14);
INSERT INTO "run" VALUES('2024-01-28-collect-1','collect',1706472000000000,1706472060000000,'complete',NULL,'0909090909090909090909090909090909090909090909090909090909090909','{}','a test','0.0.0',1,15);
INSERT INTO "run" VALUES('2024-01-29-identify-1','identify',1706558400000000,1706558460000000,'complete',NULL,'0909090909090909090909090909090909090909090909090909090909090909','{}','a test','0.0.0',1,17);
INSERT INTO "run" VALUES('2024-01-29-read-1','read',1706558400000000,1706558460000000,'complete',NULL,'0909090909090909090909090909090909090909090909090909090909090909','{}','a test','0.0.0',1,16);
INSERT INTO "run" VALUES('2024-01-29-trace-1','trace',1706558400000000,1706558460000000,'complete',NULL,'0909090909090909090909090909090909090909090909090909090909090909','{}','a test','0.0.0',1,18);
INSERT INTO "reach" VALUES(1,'ajar|every address|every state|80|named name service where a host is there|127.45.176.1-127.45.176.5','{"addresses":"127.45.176.1-127.45.176.5","discovery":"every address","tcp":"80","telling":"every state","tool":"ajar","udp":"named name service where a host is there"}',1);
INSERT INTO "censusRun" VALUES(1,'2024-01-15-census-1','2024-01-15-census-1/scope',1,1,'0.0.0','','a test',1705348800000000,1705348800000000,1705348860000000,1705348860000000,'complete',NULL,NULL,NULL,NULL,5,1,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "identity" VALUES(1,'{"speaks":"http"}');
INSERT INTO "hostSheet" VALUES(1,'{"closed":"","counted":{},"noAnswer":"","presence":"answered","rest":"closed"}');
INSERT INTO "hostSheet" VALUES(2,'{"closed":"","counted":{},"noAnswer":"","presence":"answered","rest":"no answer"}');
INSERT INTO "openSpan" VALUES(1,2133700613,'tcp',80,1,NULL,1);
INSERT INTO "sheetSpan" VALUES(1,2133700609,'tcp',1,NULL,1);
INSERT INTO "sheetSpan" VALUES(1,2133700610,'tcp',1,NULL,1);
INSERT INTO "sheetSpan" VALUES(1,2133700611,'tcp',1,NULL,1);
INSERT INTO "sheetSpan" VALUES(1,2133700612,'tcp',1,NULL,1);
INSERT INTO "sheetSpan" VALUES(1,2133700613,'tcp',1,NULL,2);
INSERT INTO "websiteSpan" VALUES(1,'files.example.zz','127.45.176.5:80','http',1,NULL);
COMMIT;
