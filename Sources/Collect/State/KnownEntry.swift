import Domain

/// What a source's state holds of one path: a line of the state.
struct KnownEntry: Codable, Hashable, Sendable {
    /// Below the source's base; a folder's ends in a slash, the base itself is empty.
    var path: PathName
    /// Nil for a folder.
    var version: EntryVersion?
    /// Time and size in the words of the listing that showed the version.
    var shown: String?
    /// Path as the server spells it, where escapes of its own choice make it differ from ``path``'s.
    var target: String?
    /// When the last look began that saw the entry.
    var seen: Timestamp
    /// When it was found to be gone; nil while it is there.
    var removed: TimeBounds?
    /// What few entries have; empty or one.
    var seldom: [Seldom] = []
    /// For a folder: when the last look began that brought its whole listing.
    var looked: Timestamp?
    /// For a folder: the format of that listing.
    var format: String?

    /// What only entries have that the last run left unfinished.
    struct Seldom: Codable, Hashable, Sendable {
        /// A change that was seen but not yet told, because the bytes were still to be read when the run ended.
        var owed: OwedChange?
        /// The beginning of its bytes, where a reading broke off that can be gone on with.
        var partial: PartialBody?
    }

    /// A change that is still to be told.
    var owed: OwedChange? {
        get { seldom.first?.owed }
        set { keep(Seldom(owed: newValue, partial: partial)) }
    }

    /// The beginning of its bytes.
    var partial: PartialBody? {
        get { seldom.first?.partial }
        set { keep(Seldom(owed: owed, partial: newValue)) }
    }

    private mutating func keep(_ rest: Seldom) {
        seldom = rest == Seldom() ? [] : [rest]
    }

    var isFolder: Bool { path.bytes.last == UInt8(ascii: "/") || path.bytes.isEmpty }
    var isLive: Bool { removed == nil }
}

/// The part of a change that is known before the bytes are.
struct OwedChange: Codable, Hashable, Sendable {
    var kind: ChangeKind
    var when: TimeBounds
    var before: EntryVersion?
    var reason: String?
}

extension PathName {
    /// The folder that the path stands in; empty for what stands at the base.
    var parent: PathName {
        let own = bytes.last == UInt8(ascii: "/") ? bytes.dropLast() : bytes[...]
        guard let slash = own.lastIndex(of: UInt8(ascii: "/")) else { return PathName(bytes: []) }
        return PathName(bytes: own[...slash])
    }

    /// What follows the last dot of the name, in lower case, at most 16 bytes; empty where there is none.
    var fileExtension: [UInt8] {
        let name = bytes.split(separator: UInt8(ascii: "/")).last ?? []
        guard let dot = name.lastIndex(of: UInt8(ascii: ".")), dot > name.startIndex else { return [] }
        return name[(dot + 1)...].prefix(16).map { (65...90).contains($0) ? $0 + 32 : $0 }
    }
}
