import Domain

extension ScoredCase {
    /// The storage server's entries that lay there at a look, by their path below the source's base.
    private var storageEntries: [(path: PathName, entry: StorageTruth.Entry)] {
        guard let storage = truth.storage,
            let (source, found) = sources.first(where: { $0.truth.base.path.hasPrefix("/data/") })
        else { return [] }
        let seen = History(source, looks: (found?.looks ?? []).map(\.began.day).sorted()).ever
        let prefix = PathName(percentEncoded: source.base.path).bytes.dropFirst("/data/".utf8.count)
        return storage.entries.compactMap { entry in
            let path = PathName(bytes: entry.path.bytes.dropFirst(prefix.count))
            return seen.contains(path) ? (path, entry) : nil
        }
    }

    var readingRows: [Score.Row] {
        let entries = storageEntries
        let paths = Set(entries.map(\.path))
        let answers = findings.identifications.filter { paths.contains($0.path) }
        let isWork = { (work: WorkName) in work.episode != nil || work.cut != nil }
        return [
            noteRow(entries.map(\.entry)),
            Score.Row(
                "identify",
                "projects",
                truth: Set(entries.map { "\($0.path) \($0.entry.status.text)" }),
                found: Set(answers.map { "\($0.path) \($0.status.text)" })
            ),
            Score.Row(
                "identify",
                "episode and cut",
                truth: Set(entries.filter { isWork($0.entry.work) }.map { "\($0.path) \($0.entry.work.text)" }),
                found: Set(answers.filter { isWork($0.work) }.map { "\($0.path) \($0.work.text)" })
            ),
        ]
    }

    private func noteRow(_ entries: [StorageTruth.Entry]) -> Score.Row {
        var texts: [Digest: [(note: String, translation: String)]] = [:]
        for version in entries.flatMap(\.versions) {
            texts[version.payload] = version.notes.compactMap { note in note.translation.map { (note.note, $0) } }
        }
        let seen = Set(sources.flatMap { $0.found?.entries ?? [] }.compactMap(\.payload))
        let due = texts.filter { seen.contains($0.key) }
        let truth = due.flatMap { payload, notes in notes.indices.map { "\(payload) \($0)" } }
        var found: Set<String> = []
        for (number, pair) in findings.notePairs.enumerated() {
            let right = due[pair.payload]?.firstIndex { note in
                note.note.resembles(pair.note) && note.translation.resembles(pair.translation)
                    || note.note.resembles(pair.translation) && note.translation.resembles(pair.note)
            }
            found.insert(right.map { "\(pair.payload) \($0)" } ?? "\(pair.payload) pair \(number): \(pair.note)")
        }
        return Score.Row("read", "note pairs", truth: Set(truth), found: found)
    }
}

extension Identification.Status {
    fileprivate var text: String {
        switch self {
        case .identified(let project): project
        case .reference: "(reference)"
        case .unidentified: "(unidentified)"
        }
    }
}

extension WorkName {
    /// Episode and cut without the padding that one studio writes and another does not.
    fileprivate var text: String {
        let digits = cut.map { String($0.filter(\.isNumber).drop { $0 == "0" }) } ?? "-"
        return "episode \(episode.map(String.init) ?? "-") cut \(digits)"
    }
}

extension String {
    /// Whether most letters of one stand in the other in the same order: text recognition gets some wrong.
    fileprivate func resembles(_ other: String) -> Bool {
        let left = Array(
            unicodeScalars.filter { $0.properties.isAlphabetic || $0.properties.numericType != nil }.prefix(400)
        )
        let right = Array(
            other.unicodeScalars.filter { $0.properties.isAlphabetic || $0.properties.numericType != nil }.prefix(400)
        )
        guard !left.isEmpty, !right.isEmpty else { return false }
        var row = [Int](repeating: 0, count: right.count + 1)
        for scalar in left {
            var diagonal = 0
            for index in right.indices {
                let above = row[index + 1]
                row[index + 1] = scalar == right[index] ? diagonal + 1 : Swift.max(above, row[index])
                diagonal = above
            }
        }
        return (row.last ?? 0) * 10 >= Swift.max(left.count, right.count) * 7
    }
}
