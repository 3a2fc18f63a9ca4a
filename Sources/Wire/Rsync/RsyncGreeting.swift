/// The line an rsync daemon opens with: `@RSYNCD: 31.0 sha512 sha256 sha1 md5 md4` (rsyncd's clientserver.c).
package struct RsyncGreeting: Hashable, Sendable {
    /// Why bytes are no greeting.
    package enum Fault: Error, Hashable, Sendable {
        case unfinished
        case notRsync
        case tooLong
    }

    package static let maximumLength = 1024

    /// Such as `31.0`.
    package var version: String
    /// Digests it offers for authentication, since protocol 32.
    package var digests: [String]
    /// Where the line ends in the bytes.
    package var end: Int

    package init(parsing bytes: some Sequence<UInt8>) throws(Fault) {
        let bytes = Array(bytes.prefix(Self.maximumLength + 1))
        guard bytes.starts(with: Self.mark) else {
            throw Self.mark.starts(with: bytes) ? .unfinished : .notRsync
        }
        guard let feed = bytes.firstIndex(of: 0x0a) else {
            throw bytes.count > Self.maximumLength ? .tooLong : .unfinished
        }
        let words = bytes[Self.mark.count..<feed].split { $0 == 0x20 || $0 == 0x0d }
        guard let version = words.first, version.allSatisfy({ (0x30...0x39).contains($0) || $0 == 0x2e }) else {
            throw .notRsync
        }
        self.version = printable(version)
        digests = words.dropFirst().map(printable)
        end = feed + 1
    }

    fileprivate static let mark = Array("@RSYNCD: ".utf8)
}

/// What an rsync daemon answers to a request for its list: the modules it shows to anyone.
package struct RsyncModules: Hashable, Sendable {
    /// Modules beyond this are left out.
    package static let maximumModules = 1_000
    package static let maximumLength = 256 * 1024

    /// A module's name and its comment.
    package struct Module: Hashable, Sendable {
        package var name: [UInt8]
        package var comment: [UInt8]

        package init(name: [UInt8], comment: [UInt8]) {
            (self.name, self.comment) = (name, comment)
        }
    }

    /// Message of the day and other lines that name no module.
    package var notice: [[UInt8]] = []
    package var modules: [Module] = []
    /// Whether the server ended the list as it should, with `@RSYNCD: EXIT`.
    package var isComplete = false

    /// Reads what there is; any bytes are a list, though perhaps an empty one.
    package init(parsing bytes: some Sequence<UInt8>) {
        let bytes = Array(bytes.prefix(Self.maximumLength))
        for line in bytes.split(separator: 0x0a) {
            if line.starts(with: RsyncGreeting.mark) {
                isComplete = isComplete || line.dropFirst(RsyncGreeting.mark.count).starts(with: "EXIT".utf8)
            } else if let tab = line.firstIndex(of: 0x09), modules.count < Self.maximumModules {
                let name = line[..<tab].reversed().drop { $0 == 0x20 }.reversed()
                modules.append(Module(name: Array(name), comment: Array(line[(tab + 1)...])))
            } else if line.first != UInt8(ascii: "@") {
                notice.append(Array(line))
            }
        }
    }
}
