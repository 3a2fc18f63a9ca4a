import Domain

/// What could be seen of a source by looking on certain days.
struct History {
    /// A change between two looks that a case could see.
    struct Due: Hashable {
        var path: PathName
        var kind: ChangeKind
        /// The number of the look that first sees the new state.
        var look: Int
        /// The last day on which something happened to it before that look.
        var day: Day
        /// Whether size and time stayed as they were.
        var isSilent: Bool
    }

    /// What lay there at the last look.
    private(set) var last: [PathName: Digest]
    /// Everything that lay there at a look.
    private(set) var ever: Set<PathName>
    /// Between each look and the next: a change that came and went between the two was never to be seen.
    private(set) var due: [Due] = []

    /// `looks` are the days of the looks, oldest first.
    init(_ truth: SourceTruth, looks: [Day]) {
        guard let first = looks.first else {
            (last, ever) = ([:], [])
            return
        }
        last = truth.entries(on: first)
        ever = Set(last.keys)
        let events = truth.events.sorted { $0.day < $1.day }
        var next = events.firstIndex { $0.day > first } ?? events.endIndex
        for (number, day) in looks.enumerated().dropFirst() {
            let end = events[next...].firstIndex { $0.day > day } ?? events.endIndex
            apply(events[next..<end], look: number)
            next = end
        }
    }

    private mutating func apply(_ events: ArraySlice<SourceTruth.Event>, look: Int) {
        let before = last
        var latest: [PathName: SourceTruth.Event] = [:]
        var loud: Set<PathName> = []
        for event in events {
            last[event.path] = event.payload
            latest[event.path] = event
            if !event.isSilent { loud.insert(event.path) }
        }
        for (path, event) in latest where before[path] != last[path] {
            let kind: ChangeKind =
                last[path] == nil ? .removed : before[path] != nil ? .changed : ever.contains(path) ? .back : .added
            let isSilent = kind == .changed && !loud.contains(path)
            due.append(Due(path: path, kind: kind, look: look, day: event.day, isSilent: isSilent))
        }
        ever.formUnion(latest.keys.filter { last[$0] != nil })
    }
}
