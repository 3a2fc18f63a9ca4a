import Domain
import Foundation

/// Reads bytes as a locked file's header; then a sound header, with some of its bytes changed as the others say: whatever is
/// taken for a header is written again as it was.
package func tryLockHeader(_ bytes: [UInt8]) {
    read(bytes)
    let block = Digest(String(repeating: "5a", count: 32))
    guard let block, let first = bytes.first else { return }
    let sound = LockHeader(
        recipient: Recipient(key: Data(repeating: first, count: 32)),
        record: "urn:uuid:00000000-0000-4000-8000-000000000000",
        block: block,
        length: UInt64(first) << UInt64(bytes.count % 54),
        encapsulated: Data(repeating: 7, count: LockHeader.encapsulatedLength)
    )
    precondition(LockHeader(beginningOf: sound.bytes) == sound, "a sound header is not read")
    var changed = sound.bytes
    var rest = bytes.dropFirst()
    while rest.count >= 3 {
        let place = rest.prefix(2).reduce(0) { $0 << 8 | Int($1) } % changed.count
        changed[place] = rest[rest.startIndex + 2]
        rest = rest.dropFirst(3)
    }
    read(changed + rest)
}

private func read(_ bytes: [UInt8]) {
    guard let header = LockHeader(beginningOf: bytes) else { return }
    precondition(bytes.starts(with: header.bytes), "a header is read that is written otherwise")
    precondition(header.fileLength > header.length, "a file is shorter than what is in it")
}
