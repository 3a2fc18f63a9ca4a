package import Domain
import Foundation

/// A list of address blocks with a fast longest-prefix match, such as the exits of a VPN.
///
/// One address or block a line; what follows a `#` is a note on the block (who runs it). Empty lines are allowed.
package struct NetworkList: Sendable {
    /// The most bytes of a list file.
    package static let sizeLimit = 256 << 20
    /// The most characters of a note that are kept.
    package static let noteLimit = 128

    /// What the list says of an address.
    package struct Match: Hashable, Sendable {
        package var block: CIDR
        package var note: String?
    }

    package private(set) var count = 0
    /// The notes by block, in one table for each prefix length.
    private var v4: [Table] = []
    private var v6: [Table] = []
    /// Many blocks share a note: each is held once.
    private var notes: [String] = []

    private struct Table: Sendable {
        var prefixLength: Int
        /// The network bits, and the place of its note (-1 for none).
        var blocks: [UInt128: Int]
    }

    package static func load(from path: String) throws(TraceError) -> NetworkList {
        let data: Data
        do {
            data = try Data(contentsOf: URL(filePath: path), options: .mappedIfSafe)
        } catch {
            throw TraceError(.unreadable, "cannot be read: \(error.localizedDescription)", at: path)
        }
        return try NetworkList(parsing: Array(data), file: path)
    }

    package init(parsing bytes: [UInt8], file: String) throws(TraceError) {
        guard bytes.count <= Self.sizeLimit else {
            throw TraceError(.badList, "longer than \(Self.sizeLimit) bytes", at: file)
        }
        var places: [String: Int] = [:]
        var number = 0
        for line in bytes.split(separator: 0x0a, omittingEmptySubsequences: false) {
            number += 1
            let parts = line.split(separator: UInt8(ascii: "#"), maxSplits: 1, omittingEmptySubsequences: false)
            let text = Self.trimmed(parts[0])
            guard !text.isEmpty else { continue }
            guard text.utf8.count <= 49, let block = CIDR(text) else {
                throw TraceError(
                    .badList,
                    "'\(PathName(bytes: text.utf8.prefix(60)).display)' is \(Self.form)",
                    at: "\(file):\(number)"
                )
            }
            insert(block, note: parts.count > 1 ? Self.trimmed(parts[1]) : "", places: &places)
        }
        v4.sort { $0.prefixLength > $1.prefixLength }
        v6.sort { $0.prefixLength > $1.prefixLength }
    }

    private static let form =
        "no address or block; allowed are 192.0.2.7, 192.0.2.0/24 (host bits zero), 2001:db8::/32, # a note"

    private static func trimmed(_ bytes: ArraySlice<UInt8>) -> String {
        String(decoding: bytes.prefix(4096), as: UTF8.self).trimmingCharacters(
            in: .whitespaces.union(.controlCharacters)
        )
    }

    private mutating func insert(_ block: CIDR, note: String, places: inout [String: Int]) {
        let note = String(PathName(bytes: note.utf8).display.prefix(Self.noteLimit))
        var place = -1
        if !note.isEmpty {
            place = places[note] ?? notes.count
            if place == notes.count {
                places[note] = place
                notes.append(note)
            }
        }
        let isV4 = block.base.family == .v4
        var tables = isV4 ? v4 : v6
        if isV4 { v4 = [] } else { v6 = [] }
        if let index = tables.firstIndex(where: { $0.prefixLength == block.prefixLength }) {
            tables[index].blocks[block.base.value] = place
        } else {
            tables.append(Table(prefixLength: block.prefixLength, blocks: [block.base.value: place]))
        }
        if isV4 { v4 = tables } else { v6 = tables }
        count += 1
    }

    /// The narrowest block that holds `address`.
    package func match(_ address: IPAddress) -> Match? {
        for table in address.family == .v4 ? v4 : v6 {
            guard let block = CIDR(containing: address, prefixLength: table.prefixLength),
                let place = table.blocks[block.base.value]
            else { continue }
            return Match(block: block, note: place < 0 ? nil : notes[place])
        }
        return nil
    }
}
