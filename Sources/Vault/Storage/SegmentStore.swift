import Domain

/// Where the bytes of the segments lie, behind one type: files in the vault's folder, and objects in an S3-compatible
/// store.
///
/// A segment that is added to is always a file. What the ledger says was brought to the store may be there alone; a file
/// that is here goes first, so that nothing local waits for a network.
struct SegmentStore: Sendable {
    let files: Folder
    /// What the ledger says is kept in the store.
    let stored: StoredIndex
    /// The store that the case's settings name.
    let objects: ObjectStore?
    private let blocks = BlockCache()

    init(files: Folder, stored: StoredIndex = StoredIndex(), objects: ObjectStore? = nil) {
        (self.files, self.stored, self.objects) = (files, stored, objects)
    }

    /// Opens a segment to be read. Throws `missing` when it is neither here nor in the store.
    func segment(_ number: UInt32) throws(VaultError) -> any SegmentBytes {
        do throws(VaultError) { return try file(number) } catch {
            guard error.code == .missing, let copy = stored[number] else { throw error }
            return StoredSegment(copy: copy, store: try reachable(to: "read \(Segment.name(number))"), blocks: blocks)
        }
    }

    func file(_ number: UInt32) throws(VaultError) -> OpenFile {
        try OpenFile(files.path(Segment.name(number)), for: .reading)
    }

    func isLocal(_ number: UInt32) -> Bool { files.has(Segment.name(number)) }

    /// The store, for something that cannot be done without it.
    func reachable(to what: String) throws(VaultError) -> ObjectStore {
        guard let objects else {
            throw VaultError(.unreachable, "\(what): it is kept in a store, and the settings name none")
        }
        return objects
    }
}

/// A segment that is read from the store.
struct StoredSegment: SegmentBytes {
    let copy: StoredCopy
    let store: ObjectStore
    let blocks: BlockCache

    var path: String { copy.object }

    func size() throws(VaultError) -> UInt64 { copy.length }

    func read(at offset: UInt64, upTo count: Int) throws(VaultError) -> [UInt8] {
        guard offset < copy.length, count > 0 else { return [] }
        let end = min(copy.length, offset + UInt64(count))
        var bytes: [UInt8] = []
        bytes.reserveCapacity(Int(end - offset))
        var position = offset
        while position < end {
            let (block, start) = try self.block(with: position)
            let piece = block[Int(position - start)...].prefix(Int(end - position))
            guard !piece.isEmpty else { throw VaultError(.damaged, "read \(path) at \(position)") }
            bytes += piece
            position += UInt64(piece.count)
        }
        return bytes
    }

    private func block(with position: UInt64) throws(VaultError) -> (bytes: [UInt8], start: UInt64) {
        let number = position / BlockCache.block
        let start = number * BlockCache.block
        if let known = blocks[copy.object, number] { return (known, start) }
        // Whoever has just read the block before is likely to go on.
        let ahead = number > 0 && blocks[copy.object, number - 1] != nil ? BlockCache.readAhead : 1
        let bytes = try store.read(copy.object, at: start, count: Int(BlockCache.block) * ahead, of: copy.length)
        for index in 0..<ahead {
            let piece = bytes.dropFirst(index * Int(BlockCache.block)).prefix(Int(BlockCache.block))
            if !piece.isEmpty { blocks.keep(Array(piece), copy.object, number + UInt64(index)) }
        }
        return (Array(bytes.prefix(Int(BlockCache.block))), start)
    }
}
