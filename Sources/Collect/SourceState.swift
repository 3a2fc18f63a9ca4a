import Domain
import Foundation
import Vault

/// All that is known of a source's entries between two runs.
///
/// It is sealed as JSON Lines, sorted by path: a first line that says what it is, then one ``KnownEntry`` a line. Its
/// digest is the outcome's `state`, and the next job's `previous`.
struct SourceState: Sendable {
    /// The longest line that is read; a name has at most 8 KiB, three times that when escaped.
    static let maximumLineLength = 256 * 1024
    private static let form = "ajar collect state 1"

    private struct Header: Codable {
        var form: String
        var base: WebAddress
        var run: RunID
    }

    private(set) var entries: [PathName: KnownEntry] = [:]
    /// The paths directly below each folder.
    private(set) var children: [PathName: Set<PathName>] = [:]

    init() {}

    subscript(path: PathName) -> KnownEntry? { entries[path] }

    mutating func set(_ entry: KnownEntry) {
        entries[entry.path] = entry
        if !entry.path.bytes.isEmpty { children[entry.path.parent, default: []].insert(entry.path) }
    }

    mutating func change(_ path: PathName, _ body: (inout KnownEntry) -> Void) {
        guard var entry = entries[path] else { return }
        body(&entry)
        entries[path] = entry
    }

    /// The live entries directly below a folder, in order.
    func live(in folder: PathName) -> [KnownEntry] {
        (children[folder] ?? []).sorted().compactMap { entries[$0] }.filter(\.isLive)
    }

    /// The live files anywhere below a folder, in order. Bounded by the number of entries: there are no cycles.
    func liveFiles(below folder: PathName) -> [KnownEntry] {
        var files: [KnownEntry] = []
        var folders = [folder]
        while let next = folders.popLast() {
            for entry in live(in: next) {
                if entry.isFolder { folders.append(entry.path) } else { files.append(entry) }
            }
        }
        return files
    }

    /// Reads the state that an earlier run sealed.
    init(reading digest: Digest, of source: Source, from vault: Vault) throws(CollectError) {
        do {
            let reader = try vault.open(payload: digest)
            var lines = LineSplitter(limit: Self.maximumLineLength)
            let decoder = JSONDecoder()
            var isFirst = true
            while let block = try reader.next(upTo: 1 << 18) {
                for line in try lines.feed(block) {
                    if isFirst {
                        try Self.check(try decoder.decode(Header.self, from: Data(line)), source)
                        isFirst = false
                    } else {
                        set(try decoder.decode(KnownEntry.self, from: Data(line)))
                    }
                }
            }
            guard !isFirst, lines.isEmpty else { throw CollectError(.state, "the state \(digest) ends too early") }
        } catch let error as CollectError {
            throw error
        } catch let error as VaultError {
            throw CollectError(.vault, "reading the state \(digest): \(error)")
        } catch {
            throw CollectError(.state, "the state \(digest) is damaged: \(error)")
        }
    }

    private static func check(_ header: Header, _ source: Source) throws(CollectError) {
        guard header.form == form else { throw CollectError(.state, "'\(header.form)' is no \(form)") }
        guard header.base == source.base else {
            throw CollectError(.state, "the state is of \(header.base), not of \(source.base)")
        }
    }

    /// The lines, ready to be sealed.
    func lines(of source: Source, after run: RunID) throws(CollectError) -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        var bytes: [UInt8] = []
        bytes.reserveCapacity(entries.count * 512)
        do {
            bytes += try encoder.encode(Header(form: Self.form, base: source.base, run: run))
            bytes.append(UInt8(ascii: "\n"))
            for path in entries.keys.sorted() {
                guard let entry = entries[path] else { continue }
                bytes += try encoder.encode(entry)
                bytes.append(UInt8(ascii: "\n"))
            }
        } catch {
            throw CollectError(.state, "encoding the state of \(source.base): \(error)")
        }
        return bytes
    }
}

/// Cuts blocks of bytes into lines.
struct LineSplitter {
    let limit: Int
    private var rest: [UInt8] = []

    init(limit: Int) {
        self.limit = limit
    }

    var isEmpty: Bool { rest.isEmpty }

    mutating func feed(_ block: [UInt8]) throws(CollectError) -> [[UInt8]] {
        var lines: [[UInt8]] = []
        var start = block.startIndex
        while let end = block[start...].firstIndex(of: UInt8(ascii: "\n")) {
            lines.append(rest + block[start..<end])
            rest = []
            start = end + 1
        }
        rest += block[start...]
        guard rest.count <= limit else { throw CollectError(.state, "a line of the state is over \(limit) bytes") }
        return lines
    }
}
