package import Domain

/// A small investigation as values: what the stages of a case could have found, with hostile names among it.
///
/// Catalogue, report and desk are tested on it without a network.
package struct SmallCase: Sendable {
    /// The outcomes with the runs they belong to, oldest first.
    package let events: [(run: Run, outcome: StageOutcome)]
    package let source = WebAddress(scheme: .http, host: "files.example.zz", target: "/data/")
    /// A name that a careless page would turn into markup, and a careless terminal into a command.
    package static let hostileName = "<script>alert('x')</script>\u{202e}gpj\u{1b}[2J.png"

    private static let endpoint = Endpoint(IPAddress(v4: 0x7f2d_b005), 80)
    private static let monday = Day(number: 19_737)

    package init() {
        var events: [(Run, StageOutcome)] = []
        var leaf: UInt64 = 10
        func seal(_ fill: UInt8) -> Seal {
            leaf += 1
            return Seal(leaf: leaf, record: "urn:uuid:\(leaf)", payload: Self.digest(fill), length: 1_000 + leaf)
        }
        let censusRun = Self.run(.census, Self.monday)
        events.append((censusRun, .census(Self.census(censusRun, seal: seal(1)))))
        let doorsRun = Self.run(.doors, Self.monday)
        events.append((doorsRun, .doors(Self.doors(doorsRun, source: source, seals: [seal(2), seal(3), seal(4)]))))
        for offset in 0..<14 {
            let run = Self.run(.collect, Self.monday.adding(offset))
            let outcome = Self.collect(run, source: source, offset: offset, seal: seal)
            events.append((run, .collect(outcome)))
        }
        let last = Self.monday.adding(14)
        events.append((Self.run(.reading, last), .reading(Self.reading(Self.run(.reading, last)))))
        events.append((Self.run(.identify, last), .identify(Self.identify(Self.run(.identify, last), source: source))))
        events.append((Self.run(.trace, last), .trace(Self.trace(Self.run(.trace, last)))))
        self.events = events
    }

    package static func digest(_ fill: UInt8) -> Digest {
        Digest(
            Array(repeating: fill < 16 ? "0" + String(fill, radix: 16) : String(fill, radix: 16), count: 32).joined()
        )
            ?? Digest(String(repeating: "0", count: 64)).unsafelyUnwrapped
    }

    private static func run(_ stage: StageName, _ day: Day) -> Run {
        Run(
            id: RunID("\(day)-\(stage.rawValue)-1"),
            stage: stage,
            started: day.start.adding(seconds: 72_000),
            ended: day.start.adding(seconds: 72_060),
            completeness: .complete,
            scope: digest(9),
            settings: [:],
            vantage: "a test",
            toolVersion: "0.0.0",
            clockWasSimulated: true
        )
    }

    private static func at(_ run: Run) -> Timestamp { run.ended ?? run.started }

    private static func census(_ run: Run, seal: Seal) -> CensusOutcome {
        let open = AddressSet(addresses: [endpoint.address])
        let others = AddressSet("127.45.176.1-127.45.176.4") ?? AddressSet()
        return CensusOutcome(
            job: JobID(run: run.id, part: "scope"),
            run: run.id,
            completeness: .complete,
            sweeps: [PortSweep(port: 80, open: open, closed: others, noAnswer: AddressSet())],
            services: [
                ServiceSighting(
                    endpoint: endpoint,
                    speaks: .http,
                    banner: Array("HTTP/1.1 200 OK".utf8),
                    facts: ["software": "nginx/1.22.1"],
                    seal: seal,
                    at: at(run)
                )
            ],
            websites: [
                WebsiteSighting(
                    name: "files.example.zz",
                    endpoint: endpoint,
                    scheme: .http,
                    origins: [.zone],
                    status: 200,
                    title: "Sign in <b>",
                    software: "nginx/1.22.1",
                    frontPage: digest(1),
                    seal: seal,
                    at: at(run)
                )
            ],
            names: [NameRecord(owner: "files.example.zz", type: "A", data: "127.45.176.5", seal: nil)],
            remarks: [Fault(what: "the TXT record of example.zz looks like SPF and is none: vspf1")],
            during: TimeBounds(notBefore: run.started, notAfter: run.ended)
        )
    }

    private static func doors(_ run: Run, source: WebAddress, seals: [Seal]) -> DoorsOutcome {
        let steps: [(ProofStep.Role, String, Int, String)] = [
            (.loginPage, "/", 200, "a form that asks for a password"),
            (.content, "/data/a.png", 200, "an image of 1,204 bytes, sent though no credential was"),
            (.sibling, "/data/no-such-x1", 404, "refused"),
        ]
        let door = Door(
            kind: .dataFolder,
            address: source,
            endpoint: endpoint,
            website: source.host,
            check: "data-folder",
            proof: zip(steps, seals).map { step, seal in
                ProofStep(
                    role: step.0,
                    address: WebAddress(scheme: .http, host: source.host, target: step.1),
                    status: step.2,
                    shows: step.3,
                    seal: seal,
                    at: at(run)
                )
            }
        )
        return DoorsOutcome(
            job: JobID(run: run.id, part: "scope"),
            run: run.id,
            completeness: .complete,
            doors: [door],
            rejections: [
                DoorRejection(
                    address: WebAddress(scheme: .http, host: "wiki.example.zz", target: "/data/"),
                    check: "data-folder",
                    reason: "answers 200 with the same page at a random path",
                    seal: nil
                )
            ],
            examined: [WebAddress(scheme: .http, host: source.host)],
            during: TimeBounds(notBefore: run.started, notAfter: run.ended),
            findings: [templateFinding(at(run))]
        )
    }

    /// What a template with a hostile name reported.
    package static func templateFinding(_ at: Timestamp) -> TemplateFinding {
        TemplateFinding(
            template: "small-panel",
            name: "A panel <b>\u{202e}\u{1b}[2J",
            severity: "medium",
            grade: .likely,
            reason: "a status or an absence matched, and random names do not match",
            place: "http://files.example.zz/panel",
            endpoint: endpoint,
            website: "files.example.zz",
            matchers: [],
            extracted: ["1.2.3"],
            evidence: [
                .init(
                    role: .matched,
                    place: "http://files.example.zz/panel",
                    status: 200,
                    seal: Seal(leaf: 900, record: "urn:uuid:900", payload: digest(10), length: 900),
                    at: at
                )
            ],
            source: digest(11)
        )
    }

    /// Names of the files that come on the day so many days after the first.
    private static func names(_ offset: Int) -> [String] {
        let day = monday.adding(offset)
        guard day.weekday <= 5, offset < 8 else { return [] }
        return offset == 0
            ? ["LHB_S01E02_SC001_KA_T1.png", "horses/running.mp4", hostileName]
            : ["LHB_S01E02_SC10\(offset)_KA_T1.png", "第3集_镜头\(offset)_修改2.jpg"]
    }

    private static func collect(
        _ run: Run,
        source: WebAddress,
        offset: Int,
        seal: (UInt8) -> Seal
    ) -> CollectOutcome {
        let now = at(run)
        let before = offset == 0 ? nil : now.adding(seconds: -86_400)
        let changes = names(offset).enumerated().map { index, name in
            let fill = UInt8(20 + offset * 4 + index)
            let seal = seal(fill)
            let version = EntryVersion(
                size: ListedSize(exactly: seal.length),
                modified: TimeBounds(at: now.adding(seconds: -36_000)),
                payload: digest(fill),
                seal: seal,
                readAt: now
            )
            return EntryChange(
                path: PathName(bytes: name.utf8),
                kind: .added,
                when: TimeBounds(notBefore: before, notAfter: now),
                before: nil,
                after: version
            )
        }
        var counts = CollectCounts()
        counts.entries = changes.count
        return CollectOutcome(
            job: JobID(run: run.id, part: source),
            run: run.id,
            source: Source(base: source, endpoint: endpoint, kind: .dataFolder),
            completeness: .complete,
            state: digest(UInt8(150 + offset)),
            changes: changes,
            counts: counts,
            listings: [seal(UInt8(100 + offset))],
            faults: [],
            during: TimeBounds(notBefore: run.started, notAfter: now)
        )
    }

    private static func reading(_ run: Run) -> ReadingOutcome {
        let tool = Tool(name: "libmagic", version: "5.44")
        let pair = NotePair(
            note: .init(text: "爆炸太慢,整体压缩到18格。", language: "zho-Hans", region: nil, place: nil, confidence: 0.9),
            translation: .init(
                text: "폭발이 너무 느림. 전체를 8콤마로 줄일것.",
                language: "kor",
                region: nil,
                place: nil,
                confidence: 0.8
            ),
            reason: "directly below",
            disagreements: ["18 against 8"]
        )
        return ReadingOutcome(
            job: JobID(run: run.id, part: 0),
            run: run.id,
            completeness: .complete,
            files: [
                FileReading(
                    input: digest(20),
                    status: .read,
                    type: DetectedType(mime: "image/png", label: "PNG image data", tool: tool),
                    readings: [Reading(predicate: "image.width", value: "640", tool: tool)],
                    notePairs: [pair],
                    thumbnail: digest(200)
                ),
                FileReading(
                    input: digest(21),
                    status: .failed(reason: "the decoder ran out of time"),
                    type: DetectedType(mime: "video/mp4", label: "ISO Media", tool: tool)
                ),
            ]
        )
    }

    private static func identify(_ run: Run, source: WebAddress) -> IdentifyOutcome {
        var work = WorkName()
        work.season = 1
        work.episode = 2
        work.cut = "1"
        let identified = Identification(
            source: source,
            path: PathName(bytes: "LHB_S01E02_SC001_KA_T1.png".utf8),
            payload: digest(20),
            status: .identified(project: "lantern"),
            work: work,
            decodedName: "LHB_S01E02_SC001_KA_T1.png",
            encoding: "UTF-8",
            reasons: [.init(rule: "code", evidence: "LHB")]
        )
        let hostile = Identification(
            source: source,
            path: PathName(bytes: hostileName.utf8),
            payload: digest(22),
            status: .unidentified,
            work: WorkName(),
            decodedName: hostileName,
            encoding: "UTF-8",
            reasons: []
        )
        return IdentifyOutcome(
            job: JobID(run: run.id, part: "all"),
            run: run.id,
            completeness: .complete,
            identifications: [identified, hostile]
        )
    }

    private static func trace(_ run: Run) -> TraceOutcome {
        let client = IPAddress(v4: 0xc000_0201)
        return TraceOutcome(
            job: JobID(run: run.id, part: 0),
            run: run.id,
            completeness: .complete,
            log: digest(21),
            foundAt: "file access.log",
            lines: 12,
            unparsedLines: 1,
            unparsed: nil,
            visits: [
                Visit(
                    client: client,
                    first: run.started,
                    last: at(run),
                    requests: 11,
                    bytes: 4_096,
                    agent: "curl/8 <i>",
                    writes: 2
                )
            ],
            visitors: [
                Visitor(
                    client: client,
                    line: .ordinary,
                    lists: [],
                    network: nil,
                    places: [
                        PlaceOpinion(
                            country: "ES",
                            city: "Cádiz",
                            latitude: 36.5,
                            longitude: -6.3,
                            radius: 50,
                            source: "a test's places"
                        )
                    ]
                )
            ],
            sources: [
                DataSource(
                    name: "a test's places",
                    purpose: .places,
                    licence: "CC0",
                    date: monday,
                    digest: digest(7)
                )
            ],
            during: TimeBounds(notBefore: run.started, notAfter: run.ended)
        )
    }
}
