import Foundation

/// One thing that a recorded program did to the disk, or said on its standard output.
enum DiskWrite {
    case made(String, inode: UInt64)
    case wrote(inode: UInt64, offset: Int, bytes: [UInt8])
    case cut(inode: UInt64, length: Int)
    case synced(inode: UInt64)
    case syncedFolder(String)
    case renamed(String, to: String)
    case removed(String)
    case madeFolder(String)
    case said(String)

    /// Reads what `recorder.c` wrote; an entry that was cut off when the program was killed is left out.
    static func read(_ log: Data) -> [DiskWrite] {
        var (rest, writes) = (Array(log)[...], [DiskWrite]())
        while rest.count >= 25 {
            func number(_ offset: Int, _ count: Int) -> UInt64 {
                (0..<count).reduce(0) { $0 | UInt64(rest[rest.startIndex + offset + $1]) << UInt64(8 * $1) }
            }
            let (inode, value, first, second) = (number(1, 8), number(9, 8), Int(number(17, 4)), Int(number(21, 4)))
            guard rest.count >= 25 + first + second else { break }
            let operation = rest[rest.startIndex]
            let bytes = Array(rest.dropFirst(25).prefix(first))
            let other = String(decoding: rest.dropFirst(25 + first).prefix(second), as: UTF8.self)
            rest = rest.dropFirst(25 + first + second)
            let text = String(decoding: bytes, as: UTF8.self)
            let write: DiskWrite? =
                switch UnicodeScalar(operation) {
                case "C": .made(text, inode: inode)
                case "W": .wrote(inode: inode, offset: Int(value), bytes: bytes)
                case "T": .cut(inode: inode, length: Int(value))
                case "S": .synced(inode: inode)
                case "D": .syncedFolder(text.hasSuffix("/") ? String(text.dropLast()) : text)
                case "R": .renamed(text, to: other)
                case "U": .removed(text)
                case "M": .madeFolder(text)
                case "A": .said(text)
                default: nil
                }
            if let write { writes.append(write) }
        }
        return writes
    }
}
