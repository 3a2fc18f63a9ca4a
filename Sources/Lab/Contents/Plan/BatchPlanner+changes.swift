import Domain

extension BatchPlanner {
    /// Plans what happens to files that are there: new versions, removals, returns, and bytes that change alone.
    mutating func addChanges() {
        var generator = SeededGenerator(seed, "changes")
        var untouched = files.indices.filter { isChangeable(files[$0]) }
        var returns = world.returns
        for index in batchDays.indices {
            let day = batchDays[index]
            var hours = WorkingHours(day, seed: seed ^ 0x5eed)
            for _ in 0..<due(world.changes, at: index) {
                guard let file = draw(&untouched, before: day, &generator, where: { !isPlain($0) }) else { continue }
                revise(file, on: day, at: hours.working())
            }
            for _ in 0..<due(world.removals, at: index) {
                guard let file = draw(&untouched, before: day, &generator, where: { _ in true }) else { continue }
                update(file) { $0.removals = [day] }
                let back = index + generator.number(in: 2...6)
                guard returns > 0, back < batchDays.count else { continue }
                returns -= 1
                let returnDay = batchDays[back]
                update(file) { $0.returns = [returnDay] }
            }
            for _ in 0..<due(world.rewrites, at: index) {
                guard let file = draw(&untouched, before: day, &generator, where: { isPlain($0) }) else { continue }
                rewrite(file, on: day)
            }
        }
    }

    /// Takes a file of an earlier batch out of `untouched`, so that only one thing happens to each.
    private func draw(
        _ untouched: inout [Int],
        before day: Day,
        _ generator: inout SeededGenerator,
        where fits: (PlannedFile) -> Bool
    ) -> Int? {
        let candidates = untouched.indices.filter { index in
            let file = files[untouched[index]]
            return file.versions[0].day < day && fits(file)
        }
        guard !candidates.isEmpty else { return nil }
        return untouched.remove(at: generator.pick(candidates))
    }

    private func isChangeable(_ file: PlannedFile) -> Bool {
        guard case .identified = file.status, file.work.frame == nil || isPlain(file) else { return false }
        switch recipes[file.versions[0].blob] {
        case .drawing, .workflow: return true
        case .noteSheet, .slate, .bookPage, .clip, .text: return false
        }
    }

    private func isPlain(_ file: PlannedFile) -> Bool {
        if case .drawing(_, .plainTGA, _) = recipes[file.versions[0].blob] { return true }
        return false
    }

    /// The same drawing made again, so that its size is another.
    private mutating func revise(_ file: Int, on day: Day, at moment: Timestamp) {
        let revised = revision(of: recipes[files[file].versions[0].blob])
        let version = PlannedFile.Version(day: day, blob: add(revised), modified: moment)
        update(file) { $0.versions.append(version) }
    }

    /// Other bytes under the same size and time.
    private mutating func rewrite(_ file: Int, on day: Day) {
        let before = files[file].versions[0]
        let blob = add(revision(of: recipes[before.blob]))
        let version = PlannedFile.Version(day: day, blob: blob, modified: before.modified, isSilent: true)
        update(file) { $0.versions.append(version) }
    }

    private func revision(of recipe: Recipe) -> Recipe {
        switch recipe {
        case .drawing(var scene, let format, let width):
            scene.seed &+= 1
            scene.phase = scene.phase < 0.5 ? scene.phase + 0.3 : scene.phase - 0.3
            return .drawing(scene, format, width: width)
        case .workflow(var sheet):
            sheet.rows = sheet.rows.map { row in
                var row = row
                row.state = WorkflowSheet.states[0]
                row.drawings += 1
                return row
            }
            return .workflow(sheet)
        case .noteSheet, .slate, .bookPage, .clip, .text: return recipe
        }
    }
}
