import Glibc
import SystemPackage

/// Whole files of the pool, read and written through the operating system's own calls.
enum PoolFile {
    static func read(_ path: FilePath) throws(LabError) -> [UInt8] {
        do {
            let file = try FileDescriptor.open(path, .readOnly)
            return try file.closeAfter {
                let length = Int(try file.seek(offset: 0, from: .end))
                try file.seek(offset: 0, from: .start)
                var count = 0
                return try [UInt8](unsafeUninitializedCapacity: length) { buffer, initialized in
                    while count < length {
                        let rest = UnsafeMutableRawBufferPointer(
                            rebasing: UnsafeMutableRawBufferPointer(buffer)[count...]
                        )
                        let step = try file.read(into: rest)
                        guard step > 0 else { break }
                        count += step
                    }
                    initialized = count
                }
            }
        } catch {
            throw LabError(.storage, "could not read: \(error)", at: path.string)
        }
    }

    /// Writes the bytes beside the place and moves them there, so that no half-written file is ever seen under the name.
    static func write(_ bytes: [UInt8], to path: FilePath) throws(LabError) {
        let draft = FilePath(path.string + ".part")
        do {
            let file = try FileDescriptor.open(
                draft,
                .writeOnly,
                options: [.create, .truncate],
                permissions: [.ownerReadWrite, .groupRead, .otherRead]
            )
            try file.closeAfter { _ = try file.writeAll(bytes) }
        } catch {
            throw LabError(.storage, "could not write: \(error)", at: draft.string)
        }
        guard rename(draft.string, path.string) == 0 else {
            throw LabError(.storage, "could not move a file to its place", at: path.string)
        }
    }
}
