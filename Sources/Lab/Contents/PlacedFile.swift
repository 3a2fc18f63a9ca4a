package import Domain

/// A file of the storage server as it lies there on one day.
package struct PlacedFile: Hashable, Codable, Sendable {
    /// Relative to the data folder, such as `User/haiyan/home/LHB/…`; bytes in whatever encoding the maker used.
    package var path: PathName
    /// The file's bytes lie in the pool under this digest.
    package var payload: Digest
    package var length: UInt64
    /// The time of last change, UTC, whole seconds.
    package var modified: Timestamp

    package init(path: PathName, payload: Digest, length: UInt64, modified: Timestamp) {
        self.path = path
        self.payload = payload
        self.length = length
        self.modified = modified
    }
}
