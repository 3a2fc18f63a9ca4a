import Domain
import Foundation

/// What is known of an entry, but for its path, when it was seen, and a partial body, in as few bytes as it takes.
///
/// These bytes are made and read in one process only, and go on no disk.
struct PackedEntry {
    private var bytes: [UInt8] = []

    private struct Parts: OptionSet {
        var rawValue: UInt8

        static let version = Parts(rawValue: 1)
        static let shown = Parts(rawValue: 2)
        static let target = Parts(rawValue: 4)
        static let removed = Parts(rawValue: 8)
        static let owed = Parts(rawValue: 16)
        static let looked = Parts(rawValue: 32)
        static let format = Parts(rawValue: 64)
        /// Always there, so that nothing known is not the same as nothing.
        static let entry = Parts(rawValue: 128)
    }

    static func bytes(of entry: KnownEntry) -> [UInt8] {
        var packed = PackedEntry()
        packed.bytes.reserveCapacity(192)
        var parts = Parts.entry
        if entry.version != nil { parts.insert(.version) }
        if entry.shown != nil { parts.insert(.shown) }
        if entry.target != nil { parts.insert(.target) }
        if entry.removed != nil { parts.insert(.removed) }
        if entry.owed != nil { parts.insert(.owed) }
        if entry.looked != nil { parts.insert(.looked) }
        if entry.format != nil { parts.insert(.format) }
        packed.bytes.append(parts.rawValue)
        if let version = entry.version { packed.put(version) }
        if let shown = entry.shown { packed.put(shown) }
        if let target = entry.target { packed.put(target) }
        if let removed = entry.removed { packed.put(removed) }
        if let owed = entry.owed { packed.put(owed) }
        if let looked = entry.looked { packed.put(looked) }
        if let format = entry.format { packed.put(format) }
        return packed.bytes
    }

    private mutating func put(_ number: UInt64) {
        var rest = number
        while rest > 127 {
            bytes.append(UInt8(rest & 127) | 128)
            rest >>= 7
        }
        bytes.append(UInt8(rest))
    }

    private mutating func put(_ text: String) {
        put(UInt64(text.utf8.count))
        bytes += text.utf8
    }

    /// Whole seconds, as listings have them, take half the room.
    private mutating func put(_ instant: Timestamp) {
        let isWhole = instant.microseconds % 1_000_000 == 0
        let number = isWhole ? instant.microseconds / 1_000_000 : instant.microseconds
        put(UInt64(bitPattern: number << 1 ^ number >> 63) << 1 | (isWhole ? 1 : 0))
    }

    private mutating func put<Value>(_ value: Value?, _ put: (inout PackedEntry, Value) -> Void) {
        bytes.append(value == nil ? 0 : 1)
        if let value { put(&self, value) }
    }

    private mutating func put(_ bounds: TimeBounds) {
        put(bounds.notBefore) { $0.put($1) }
        put(bounds.notAfter) { $0.put($1) }
    }

    private mutating func put(_ version: EntryVersion) {
        put(version.size) {
            $0.put($1.atLeast)
            $0.put($1.atMost &- $1.atLeast)
        }
        put(version.modified) { $0.put($1) }
        put(version.payload) { $0.bytes += $1.bytes }
        put(version.seal) { $0.put($1, of: version.payload) }
        put(version.readAt) { $0.put($1) }
    }

    /// Mostly the record's payload is the version's.
    private mutating func put(_ seal: Seal, of payload: Digest?) {
        put(seal.leaf)
        if let uuid = UUID(recordName: seal.record) {
            bytes.append(1)
            withUnsafeBytes(of: uuid.uuid) { bytes += $0 }
        } else {
            bytes.append(0)
            put(seal.record)
        }
        bytes.append(seal.payload == payload ? 0 : 1)
        if seal.payload != payload { put(seal.payload) { $0.bytes += $1.bytes } }
        put(seal.length)
        put(seal.offset) { $0.put($1) }
    }

    private mutating func put(_ owed: OwedChange) {
        put(owed.kind.rawValue)
        put(owed.when)
        put(owed.before) { $0.put($1) }
        put(owed.reason) { $0.put($1) }
    }

    // MARK: Reading

    /// The entry that the bytes stand for; nil where they are none.
    static func entry(at path: PathName, seen: Timestamp, from bytes: ArraySlice<UInt8>) -> KnownEntry? {
        var reader = Reader(rest: bytes)
        guard let first = bytes.first, Parts(rawValue: first).contains(.entry) else { return nil }
        let parts = Parts(rawValue: reader.byte())
        var entry = KnownEntry(path: path, seen: seen)
        if parts.contains(.version) { entry.version = reader.version() }
        if parts.contains(.shown) { entry.shown = reader.text() }
        if parts.contains(.target) { entry.target = reader.text() }
        if parts.contains(.removed) { entry.removed = reader.bounds() }
        if parts.contains(.owed) { entry.owed = reader.owed() }
        if parts.contains(.looked) { entry.looked = reader.instant() }
        if parts.contains(.format) { entry.format = reader.text() }
        return entry
    }

    /// Whether the entry is still there, without reading all of it.
    static func isLive(_ bytes: ArraySlice<UInt8>) -> Bool {
        bytes.first.map { !Parts(rawValue: $0).contains(.removed) } ?? false
    }

    private struct Reader {
        var rest: ArraySlice<UInt8>

        mutating func byte() -> UInt8 { rest.popFirst() ?? 0 }

        mutating func take(_ count: Int) -> ArraySlice<UInt8> {
            defer { rest = rest.dropFirst(count) }
            return rest.prefix(count)
        }

        mutating func number() -> UInt64 {
            var (value, shift) = (UInt64(0), UInt64(0))
            while true {
                let byte = byte()
                value |= UInt64(byte & 127) << shift
                if byte < 128 { return value }
                shift += 7
            }
        }

        mutating func text() -> String { String(decoding: take(Int(number())), as: UTF8.self) }

        mutating func instant() -> Timestamp {
            let (isWhole, zigzag) = { ($0 & 1 == 1, $0 >> 1) }(number())
            let number = Int64(bitPattern: zigzag >> 1) ^ -Int64(zigzag & 1)
            return isWhole ? Timestamp(seconds: number) : Timestamp(microseconds: number)
        }

        mutating func optional<Value>(_ read: (inout Reader) -> Value) -> Value? { byte() == 0 ? nil : read(&self) }

        mutating func bounds() -> TimeBounds {
            let notBefore = optional { $0.instant() }
            return TimeBounds(notBefore: notBefore, notAfter: optional { $0.instant() })
        }

        mutating func version() -> EntryVersion {
            let size = optional { reader in
                let least = reader.number()
                return ListedSize(atLeast: least, atMost: least &+ reader.number())
            }
            let modified = optional { $0.bounds() }
            let payload = optional { Digest(bytes: $0.take(32)) } ?? nil
            let seal = optional { $0.seal(of: payload) }
            return EntryVersion(
                size: size,
                modified: modified,
                payload: payload,
                seal: seal,
                readAt: optional { $0.instant() }
            )
        }

        private mutating func seal(of payload: Digest?) -> Seal {
            let leaf = number()
            let record = byte() == 1 ? UUID(bytes: take(16)).recordName : text()
            let own = byte() == 0 ? payload : optional { Digest(bytes: $0.take(32)) } ?? nil
            let length = number()
            return Seal(leaf: leaf, record: record, payload: own, length: length, offset: optional { $0.number() })
        }

        mutating func owed() -> OwedChange {
            let kind = ChangeKind(rawValue: text()) ?? .unknown
            let when = bounds()
            let before = optional { $0.version() }
            return OwedChange(kind: kind, when: when, before: before, reason: optional { $0.text() })
        }
    }
}

extension UUID {
    private static let prefix = "urn:uuid:"

    /// Nil unless the name is written just as ``recordName`` writes it.
    fileprivate init?(recordName: String) {
        guard recordName.hasPrefix(Self.prefix) else { return nil }
        self.init(uuidString: String(recordName.dropFirst(Self.prefix.count)))
        guard self.recordName == recordName else { return nil }
    }

    fileprivate init(bytes: ArraySlice<UInt8>) {
        var uuid = uuid_t(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)
        withUnsafeMutableBytes(of: &uuid) { $0.copyBytes(from: bytes.prefix(16)) }
        self.init(uuid: uuid)
    }

    fileprivate var recordName: String { Self.prefix + uuidString.lowercased() }
}
