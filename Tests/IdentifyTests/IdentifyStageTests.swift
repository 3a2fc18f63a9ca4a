import Domain
import Identify
import Testing

/// Invented productions; no code in the sources knows them.
private let projects = [
    Project(
        key: "harbour",
        titles: ["Harbour of Stars", "星港物语"],
        codes: ["HBR"],
        companies: ["Pale Harbour Pictures, LLC"]
    ),
    Project(key: "cat", titles: ["猫", "Cat"], codes: ["NEK"], companies: ["エカチ工房"]),
    Project(key: "valley", titles: ["The Valley"], codes: [], companies: ["Green Lantern Valley GmbH"]),
    Project(key: "sea", titles: ["The Sea"], codes: ["SEA"], companies: []),
    Project(key: "seastars", titles: ["The Sea of Stars"], codes: [], companies: []),
]

@Suite struct IdentifyStageTests {
    @Test(arguments: [
        ("HBR_S3E05_SC012_KA_T2.psd", "harbour", "code"), ("hbr/EP05/C125/A/A0001.tga", "harbour", "code"),
        ("work/harbour.of.stars/ep01.mov", "harbour", "title"), ("HarbourOfStars_ep01.mov", "harbour", "title"),
        ("新建/星港物语第3集.jpg", "harbour", "title"), ("猫_第05话_C088_原画_返修.clip", "cat", "title"),
        ("エカチ工房/C012.psd", "cat", "company"), ("pale_harbour_pictures/list.xlsx", "harbour", "company"),
        ("The Sea of Stars/ep1.mov", "seastars", "title"), ("the sea/ep1.mov", "sea", "title"),
    ]) func namesSpeak(path: String, project: String, rule: String) async throws {
        let found = try await identify([item(path)])
        #expect(found[0].status == .identified(project: project))
        #expect(found[0].reasons.map(\.rule).contains(rule))
        #expect(found[0].reasons.allSatisfy { !$0.evidence.isEmpty })
    }

    @Test(arguments: [
        "horse_2019_1080p.mp4", "книга о лошадях.pdf", "horses/galop 03.mov", "shabr_01.psd", "my_hbr.psd",
        "chbr/x.png",
        "concatenate.txt", "category/x.png", "black_cat.png", "猫咪.jpg", "seaside_01.png", "overseas/x.png",
        "valley.png",
        "logs/access.log", "Thumbs.db", "harbour.jpg", "stars.jpg", "",
    ]) func otherNamesStayUnidentified(path: String) async throws {
        let found = try await identify([item(path)])
        #expect(found[0].status == .unidentified)
    }

    @Test(arguments: [
        "Delivery list of PALE HARBOUR PICTURES LLC, 15 Jan", "港口 星 港物语 进度表", "Pale Harbour\nPictures, L.L.C.",
    ])
    func textsSpeak(text: String) async throws {
        let found = try await identify([item("list.xlsx", text: text)])
        #expect(found[0].status == .identified(project: "harbour"))
    }

    @Test(arguments: ["the HBR team", "a cat sat on a harbour of many stars", "Green valley"])
    func textsThatSayTooLittleSayNothing(text: String) async throws {
        let found = try await identify([item("note.txt", text: text)])
        #expect(found[0].status == .unidentified)
    }

    @Test func referenceIsAStatusOfItsOwn() async throws {
        for path in ["HBR/reference/sky.jpg", "参考资料/灯塔.png", "work/설정/cat.psd", "ref_boat.png", "設定/猫.psd"] {
            let found = try await identify([item(path)])
            #expect(found[0].status == .reference, "\(path)")
            #expect(found[0].reasons.contains { $0.rule == "reference" })
        }
        #expect(try await identify([item("preference.txt")])[0].status == .unidentified)
    }

    @Test func aSheetSpeaksForItsFolderAndBelow() async throws {
        let found = try await identify([
            item("in/0115/list.xlsx", text: "Green Lantern Valley GmbH\nC001 C002"), item("in/0115/C001.psd"),
            item("in/0115/C002/A/A0001.tga"), item("in/0116/C003.psd"), item("in/other.psd"),
            item("in/0115/access.log"),
        ])
        #expect(
            found.map(\.status) == [
                .identified(project: "valley"), .identified(project: "valley"), .identified(project: "valley"),
                .unidentified,
                .unidentified, .unidentified,
            ]
        )
        #expect(found[1].reasons.map(\.rule) == ["sheet"])
        #expect(found[2].reasons == [.init(rule: "folder", evidence: "list.xlsx in in/0115")])
    }

    @Test func drawingsAndLettersSpeakForThemselvesAlone() async throws {
        var drawn = item("in/0115/notes_01.jpg", text: "Green Lantern Valley GmbH")
        drawn.mime = "image/jpeg"
        let found = try await identify([
            drawn, item("in/0115/notes_02.jpg"), item("in/a/HBR_C001.psd"), item("in/a/x.psd"),
            item("in/b/1.txt", text: "Green Lantern Valley GmbH"), item("in/b/2.txt"), item("in/b/3.psd"),
        ])
        let valley = Identification.Status.identified(project: "valley")
        #expect(
            found.map(\.status) == [
                valley, .unidentified, .identified(project: "harbour"), .unidentified, valley, .unidentified, valley,
            ]
        )
    }

    @Test(arguments: [
        ("notes_01_HBR_C022.jpg", true), ("新_HBR_第3集.jpg", true), ("my_hbr_EP05.psd", true),
        ("note_HBR_0115.txt", true),
        ("my_hbr_boat.psd", false), ("shabr_c01.psd", false), ("hbrc01.psd", false),
    ])
    func codesInTheMiddleOfNames(path: String, speaks: Bool) async throws {
        let found = try await identify([item(path)])
        #expect(found[0].status == (speaks ? .identified(project: "harbour") : .unidentified))
    }

    @Test(arguments: [
        ("HBR EPO3 C036", true), ("HBR", false), ("HBR is fine", false),
        ("all that we want to send to HBR c012 is here today in this letter", false),
    ])
    func codesInLabels(text: String, speaks: Bool) async throws {
        let found = try await identify([item("x.png", text: text)])
        #expect(found[0].status == (speaks ? .identified(project: "harbour") : .unidentified))
    }

    @Test func nothingSpreadsFromTheRoot() async throws {
        let found = try await identify([
            item("list.xlsx", text: "Green Lantern Valley GmbH"), item("a/C001.psd"), item("C002.psd"),
        ])
        #expect(found.map(\.status) == [.identified(project: "valley"), .unidentified, .unidentified])
    }

    @Test func nothingSpreadsWhereTwoProjectsAreNamed() async throws {
        let found = try await identify([
            item("in/list.xlsx", text: "Green Lantern Valley GmbH lists C777.psd"), item("in/deep/HBR_ep01_C001.psd"),
            item("in/C002.psd"), item("in/deep/C003.psd"), item("in/C777.psd"),
        ])
        #expect(
            found.map(\.status) == [
                .identified(project: "valley"), .identified(project: "harbour"), .unidentified, .unidentified,
                .identified(project: "valley"),
            ]
        )
    }

    @Test func twoProjectsInOneNameAreContested() async throws {
        let found = try await identify([
            item("HBR/星港物语 The Valley.txt"), item("x.txt", text: "The Valley, Harbour of Stars"),
        ])
        #expect(found.map(\.status) == [.unidentified, .unidentified])
        #expect(found.allSatisfy { $0.reasons.contains { $0.rule == "contested" } })
    }

    @Test func sourcesAreKeptApart() async throws {
        var other = item("in/C001.psd")
        other.source = WebAddress(scheme: .ftp, host: "127.0.0.9")
        let found = try await identify([item("in/list.xlsx", text: "Green Lantern Valley GmbH"), other])
        #expect(found[1].status == .unidentified)
    }

    @Test func theWorkIsReadAlsoWithoutAProject() async throws {
        let bytes = try #require(encode("第3集_镜头12_修改2.jpg", as: "GB18030"))
        var gbk = item("")
        gbk.path = PathName(bytes: bytes)
        let found = try await identify([gbk, item("HBR/EP03/C012.psd")])
        #expect(found[0].status == .unidentified)
        #expect((found[0].work.episode, found[0].work.cut, found[0].encoding) == (3, "12", "GB18030"))
        #expect(found[0].decodedName == "第3集_镜头12_修改2.jpg")
        #expect(found[1].work.series == "HBR")
    }

    @Test func hostileNamesDoNoHarm() async throws {
        var items = [item("")]
        let bytes: [[UInt8]] = [
            Array(repeating: UInt8(ascii: "a"), count: 1 << 20), Array(repeating: 0xb0, count: 1 << 20), Array(0...255),
            Array("HBR\u{0}\u{1b}[2J\u{202e}.psd".utf8), Array(String(repeating: "HBR/", count: 1000).utf8),
        ]
        for bytes in bytes {
            items.append(item(""))
            items[items.count - 1].path = PathName(bytes: bytes)
        }
        let found = try await identify(items)
        #expect(found.count == items.count)
        #expect(zip(found, items).allSatisfy { $0.path == $1.path })
    }

    @Test func cancellationIsSaid() async throws {
        let job = IdentifyJob(id: JobID("j"), run: RunID("r"), items: [item("a")], projects: projects)
        let task = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            return try await IdentifyStage().perform(job)
        }
        let outcome = try await task.value
        #expect(outcome.completeness == .incomplete(reason: "cancelled after 0 of 1 entries"))
    }
}

private func item(_ path: String, text: String? = nil) -> IdentifyJob.Item {
    IdentifyJob.Item(
        source: WebAddress(scheme: .http, host: "127.0.0.1", target: "/data/"),
        path: PathName(bytes: path.utf8),
        payload: nil,
        mime: nil,
        texts: text.map { [$0] } ?? []
    )
}

private func identify(_ items: [IdentifyJob.Item]) async throws -> [Identification] {
    let job = IdentifyJob(id: JobID("job"), run: RunID("run"), items: items, projects: projects)
    return try await IdentifyStage().perform(job).identifications
}
