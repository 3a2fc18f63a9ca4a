package import Domain

// A handful of files, until the storage server's contents are drawn; this file goes then.
package struct StorageWorld: Hashable, Codable, Sendable {
    package init() {}
}

package struct AccessLogWorld: Hashable, Codable, Sendable {
    package init() {}
}

package struct PlacedFile: Hashable, Codable, Sendable {
    package var path: PathName
    package var payload: Digest
    package var modified: Timestamp
}
