import Domain

extension BatchPlanner {
    /// Adds the day's pictures with editing notes.
    mutating func addNotes(
        _ day: Day,
        isFaulty: Bool,
        _ generator: inout SeededGenerator,
        _ hours: inout WorkingHours
    ) {
        let folder = "每日/\(day.dotted)/"
        for number in 0..<generator.number(in: world.notesADay[0]...world.notesADay[1]) {
            let production = production(&generator)
            let (episode, cut) = takeCut(of: production)
            let known = world.productions[production]
            var sheet = noteSheet(production, day, isFaulty: isFaulty && number == 0, &generator)
            sheet.label = label(of: known, episode: episode, cut: cut)
            let format: Recipe.PictureFormat = generator.chance(0.5) ? .jpeg : .png
            var work = WorkName()
            let isNamed = generator.chance(0.6) && !known.hidden
            if isNamed { (work.series, work.cut) = (known.codes[0], cut.digits(3)) }
            let name =
                isNamed
                ? "修改意见_\((number + 1).digits(2))_\(known.codes[0])_C\(cut.digits(3)).\(format.fileExtension)"
                : "修改意见_\((number + 1).digits(2)).\(format.fileExtension)"
            place(
                Array((folder + name).utf8),
                .noteSheet(sheet, format),
                at: hours.morning(),
                status: .identified(project: known.key),
                evidence: isNamed ? .name : .content,
                work: work
            )
        }
    }

    /// What is printed on a sheet: the code, or the company where the production hides.
    private func label(of production: StorageWorld.Production, episode: Int, cut: Int) -> String {
        let name = production.hidden ? production.companies[0] : production.codes[0]
        return "\(name)  EP\(episode.digits(2))  C\(cut.digits(3))"
    }

    private func noteSheet(
        _ production: Int,
        _ day: Day,
        isFaulty: Bool,
        _ generator: inout SeededGenerator
    ) -> NoteSheet {
        let isFox = world.productions[production].tradition == .chinese
        var scene = Scene(
            subject: generator.pick([.head, .head, .head, .figure, .figure, isFox ? .fox : .head]),
            action: generator.pick([.turn, .walk, .wave, .still]),
            design: design(of: production, generator.number(in: 1...4)),
            seed: generator.next(),
            phase: Double(generator.number(in: 2...13)) / 16,
            hasPegs: true
        )
        let layout: NoteSheet.Layout = generator.chance(0.7) ? .column : .aboveAndBelow
        scene.shift = layout == .column ? 130 : 0
        let fitting = NotePhrase.sound.filter { $0.mark.map { scene.marks[$0] != nil } ?? true }
        var notes = [isFaulty ? generator.pick(NotePhrase.faulty) : generator.pick(fitting)]
        let more = layout == .column ? generator.number(in: 0...2) : 0
        for _ in 0..<more {
            let note = generator.pick(fitting)
            let isNew = !notes.contains { $0.note == note.note }
            // More lines would run into the stamp.
            if isNew, (notes + [note]).map(\.lines).reduce(0, +) <= 10 { notes.append(note) }
        }
        return NoteSheet(
            scene: scene,
            notes: notes,
            layout: layout,
            isTranslationFirst: world.noteLanguages.first == "kor",
            label: "",
            day: day
        )
    }

    /// Adds a workflow sheet, for another production each day.
    mutating func addSheet(_ day: Day, _ generator: inout SeededGenerator, _ hours: inout WorkingHours) {
        let production = production(&generator)
        let known = world.productions[production]
        let (episode, cut) = takeCut(of: production)
        let rows = (0..<generator.number(in: 8...16)).map { offset in
            WorkflowSheet.Row(
                cut: max(cut - 8, 1) + offset,
                content: generator.pick(WorkflowSheet.contents),
                step: generator.pick(WorkflowSheet.steps),
                drawings: generator.number(in: 1...32),
                state: generator.pick(WorkflowSheet.states),
                note: generator.chance(0.25) ? generator.pick(NotePhrase.sound) : nil
            )
        }
        let sheet = WorkflowSheet(
            series: known.hidden ? "" : known.codes[0],
            company: known.companies[0],
            episode: episode,
            day: day,
            rows: rows
        )
        var work = WorkName()
        let name: String
        let evidence: StorageTruth.Evidence
        if known.hidden {
            (name, evidence) = ("\(known.folder)/进度_\(day.compact).xlsx", .content)
        } else if generator.chance(0.5) {
            (name, evidence) = ("流程表/流程表_\(known.codes[0])_\(day.compact).xlsx", .name)
            work.series = known.codes[0]
        } else {
            (name, evidence) = ("流程表/流程表_\(day.compact).xlsx", .content)
        }
        let moment = hours.working()
        let status = Identification.Status.identified(project: known.key)
        place(Array(name.utf8), .workflow(sheet), at: moment, status: status, evidence: evidence, work: work)
    }

    /// Adds an instruction as text: in both languages as UTF-8, or in one of them in the encoding of an old program.
    mutating func addText(_ day: Day, _ generator: inout SeededGenerator, _ hours: inout WorkingHours) {
        let production = production(&generator)
        let known = world.productions[production]
        let encoding: TextEncoding = generator.pick([.utf8, .utf8, .gbk, .cp949])
        let notes = [generator.pick(NotePhrase.sound), generator.pick(NotePhrase.sound)]
        let head = known.hidden ? known.companies[0] : known.codes[0]
        var lines = ["[\(head)] \(day.dotted)"]
        for note in notes {
            if encoding != .cp949 { lines.append(note.note) }
            if encoding != .gbk { lines.append(note.translation ?? "") }
            lines.append("")
        }
        let text = lines.joined(separator: "\r\n")
        guard let bytes = encoding.bytes(of: text) else { return }
        let isNamed = !known.hidden && generator.chance(0.5)
        let stem = encoding == .cp949 ? "설명" : "说明"
        let name = isNamed ? "说明/\(stem)_\(head)_\(day.compact).txt" : "说明/\(stem)_\(day.compact).txt"
        var work = WorkName()
        if isNamed { work.series = head }
        place(
            Array(name.utf8),
            .text(bytes, notes: encoding == .utf8 ? notes : []),
            at: hours.morning(),
            status: .identified(project: known.key),
            evidence: isNamed ? .name : .content,
            work: work
        )
    }

    /// Adds a slate to each folder of a production that hides: the company is the only trace.
    mutating func addSlate(_ day: Day, at moment: Timestamp) {
        for (index, production) in world.productions.enumerated() where production.hidden {
            let (episode, cut) = takeCut(of: index)
            let slate = Slate(company: production.companies[0], episode: episode, cut: cut, day: day)
            place(
                Array("\(production.folder)/C\(cut.digits(3))_000.jpg".utf8),
                .slate(slate),
                at: moment,
                status: .identified(project: production.key),
                evidence: .content
            )
        }
    }
}

extension Day {
    /// As stamps have it: `2024.01.15`.
    var dotted: String { description.replacing("-", with: ".") }

    /// As names have it: `20240115`.
    var compact: String { description.replacing("-", with: "") }
}
