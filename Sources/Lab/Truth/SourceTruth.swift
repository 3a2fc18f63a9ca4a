package import Domain

/// What is true of the entries behind one door, over all days up to the country's day.
package struct SourceTruth: Codable, Sendable {
    /// What happened to an entry on a day.
    package struct Event: Hashable, Codable, Sendable {
        package var day: Day
        package var kind: ChangeKind
        package var path: PathName
        /// Nil when it is gone.
        package var payload: Digest?
        /// Whether size and time stayed as they were, so that only the bytes tell.
        package var isSilent: Bool

        package init(day: Day, kind: ChangeKind, path: PathName, payload: Digest?, isSilent: Bool) {
            self.day = day
            self.kind = kind
            self.path = path
            self.payload = payload
            self.isSilent = isSilent
        }
    }

    package var base: WebAddress
    package var endpoint: Endpoint
    /// What lay there on the first day.
    package var initial: [PathName: Digest]
    /// Day by day; on one day by path.
    package var events: [Event]
    /// The last day on which something was added, changed or came back.
    package var lastUpdate: Day?
    /// As ``Domain/UpdateRhythm`` has it for one look each day.
    package var silenceSince: Day?

    /// What lies there on a day.
    package func entries(on day: Day) -> [PathName: Digest] {
        var entries = initial
        for event in events where event.day <= day { entries[event.path] = event.payload }
        return entries
    }

    package init(base: WebAddress, endpoint: Endpoint, initial: [PathName: Digest], events: [Event]) {
        self.base = base
        self.endpoint = endpoint
        self.initial = initial
        self.events = events
    }

    /// `states` says what lies there on each day, oldest first.
    init(base: WebAddress, endpoint: Endpoint, states: [(day: Day, files: [PathName: PlacedFile])]) {
        self.base = base
        self.endpoint = endpoint
        initial = (states.first?.files ?? [:]).mapValues(\.payload)
        events = []
        var known = Set(initial.keys)
        var looks = states.first.map { [UpdateRhythm.Look(at: $0.day.start, updates: nil)] } ?? []
        for (before, after) in zip(states, states.dropFirst()) {
            let today = Self.events(from: before.files, to: after.files, on: after.day, known: known)
            events += today
            known.formUnion(after.files.keys)
            looks.append(UpdateRhythm.Look(at: after.day.start, updates: today.filter { $0.kind != .removed }.count))
        }
        lastUpdate = events.last { $0.kind != .removed }?.day
        silenceSince = UpdateRhythm(looks: looks).silenceSince
    }

    private static func events(
        from before: [PathName: PlacedFile],
        to after: [PathName: PlacedFile],
        on day: Day,
        known: Set<PathName>
    ) -> [Event] {
        var found: [Event] = []
        for (path, file) in after where before[path]?.payload != file.payload {
            let old = before[path]
            let isSilent = old.map { ($0.length, $0.modified) == (file.length, file.modified) } ?? false
            let kind: ChangeKind = old != nil ? .changed : known.contains(path) ? .back : .added
            found.append(Event(day: day, kind: kind, path: path, payload: file.payload, isSilent: isSilent))
        }
        for path in before.keys where after[path] == nil {
            found.append(Event(day: day, kind: .removed, path: path, payload: nil, isSilent: false))
        }
        return found.sorted { $0.path < $1.path }
    }
}
