import Domain
import Glibc

extension SegmentStore {
    /// Has a segment here that is kept in the store: read, compared with the SHA-256 that was sealed, synced, and only then
    /// put in its place. Does nothing where it is here already, or is in no store.
    func fetch(_ number: UInt32) throws(VaultError) {
        guard !isLocal(number), let copy = stored[number] else { return }
        var fetching = try Fetching(copy, into: self)
        while try fetching.next() {}
    }

    /// The way of a segment back from the store, piece by piece.
    struct Fetching {
        private var reading: StoredReading
        private let file: OpenFile
        private let place: String
        private let folder: Folder

        /// What is half here lies in the folder of caches, where nothing takes it for a segment.
        init(_ copy: StoredCopy, into segments: SegmentStore) throws(VaultError) {
            let name = Segment.name(copy.segment)
            reading = StoredReading(copy, in: try segments.reachable(to: "bring back \(name)"))
            let caches = Folder(segments.files.path("../cache"))
            try caches.make()
            file = try OpenFile(caches.path(name + Folder.temporarySuffix), for: .changingOrMaking)
            try file.truncate(to: 0)
            place = segments.files.path(name)
            folder = segments.files
        }

        /// How far it is, in bytes.
        var done: UInt64 { reading.done }

        /// Takes in the next piece; false when the segment is in its place.
        mutating func next() throws(VaultError) -> Bool {
            let start = reading.done
            let bytes: [UInt8]?
            do throws(VaultError) { bytes = try reading.next() } catch {
                // What came is of no use to anybody; what the store has stays as it is.
                if error.code == .damaged { unlink(file.path) }
                throw error
            }
            guard let bytes else {
                try settle()
                return false
            }
            try file.write(bytes, at: start)
            return true
        }

        private func settle() throws(VaultError) {
            try file.sync()
            guard rename(file.path, place) == 0 else { throw VaultError.last("put in place", place) }
            try folder.sync()
        }
    }
}
