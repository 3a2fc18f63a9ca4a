/// The folders that a server exports by NFS, as its mount daemon lists them (RFC 1813, appendix I, `exports`).
package struct NFSExports: Hashable, Sendable {
    /// Why bytes are no such list.
    package enum Fault: Error, Hashable, Sendable {
        case cut
        case tooMany
    }

    package struct Export: Hashable, Sendable {
        package var path: [UInt8]
        /// To whom, in the server's own words: names, nets, patterns. None is everyone.
        package var groups: [String]

        /// Whether anyone may mount it, as far as the list tells.
        package var isForEveryone: Bool {
            groups.allSatisfy(\.isEmpty)
                || !Set(groups).isDisjoint(with: ["*", "(everyone)", "0.0.0.0/0", "0.0.0.0/0.0.0.0", "::/0"])
        }
    }

    /// Exports, and groups of all of them; a longer list is none.
    package static let most = 10_000
    /// Bytes of a path (`MNTPATHLEN`), and of a group's name (`MNTNAMLEN`).
    package static let longestPath: UInt32 = 1_024
    package static let longestName: UInt32 = 255

    package private(set) var exports: [Export] = []

    package init(parsing bytes: some Sequence<UInt8>) throws(Fault) {
        var reader = ByteReader(Array(bytes))
        var items = 0
        while try Self.hasNext(&reader, &items) {
            let path = try Self.text(&reader, Self.longestPath)
            var groups: [String] = []
            while try Self.hasNext(&reader, &items) {
                groups.append(String(decoding: try Self.text(&reader, Self.longestName), as: UTF8.self))
            }
            exports.append(Export(path: path, groups: groups))
        }
    }

    private static func hasNext(_ reader: inout ByteReader, _ items: inout Int) throws(Fault) -> Bool {
        let follows: UInt32
        do throws(ByteReader.Shortage) { follows = try reader.read() } catch { throw .cut }
        guard follows != 0 else { return false }
        items += 1
        guard items <= most else { throw .tooMany }
        return true
    }

    private static func text(_ reader: inout ByteReader, _ longest: UInt32) throws(Fault) -> [UInt8] {
        do throws(ByteReader.Shortage) {
            let length: UInt32 = try reader.read()
            guard length <= longest else { throw ByteReader.Shortage(wanted: Int(length), left: Int(longest)) }
            let text = Array(try reader.readBytes(Int(length)))
            try reader.skip((4 - Int(length) % 4) % 4)
            return text
        } catch {
            throw .cut
        }
    }
}
