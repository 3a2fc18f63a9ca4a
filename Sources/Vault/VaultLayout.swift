/// Where what lies in a vault's folder.
struct VaultLayout: Sendable {
    /// The form of what this version writes, as leaf 0 names it. A version reads its own and all before it.
    static let format = 1
    /// What a vault's folder may hold.
    static let parts: Set<String> = [
        "segments", "ledger", "quarantine", "derived", "cache", "keys", "lock", "locked", "notices",
    ]

    let root: Folder
    /// WARC/1.1 files, the evidence itself.
    var segments: Folder { root.folder("segments") }
    /// The Merkle log over the evidence, in the form of C2SP tlog-tiles, and the leaves that wait to be signed.
    var ledger: Folder { root.folder("ledger") }
    /// What was half-written when a process ended.
    var quarantine: Folder { root.folder("quarantine") }
    /// What can be made again from the evidence, by its SHA-256.
    var derived: Folder { root.folder("derived") }

    /// The bytes of withheld records, encrypted.
    var locked: Folder { root.folder("locked") }

    /// Acts that wait to be sealed, left by commands that did not hold the vault.
    var notices: Folder { root.folder("notices") }

    /// The segments, here and in a store.
    func store(_ stored: StoredIndex, _ objects: ObjectStore?) -> SegmentStore {
        SegmentStore(files: segments, stored: stored, objects: objects)
    }

    var lock: String { root.path("lock") }

    /// The signing key, unless another file is named.
    func key(_ path: String?) -> Folder.File {
        let (folder, name) = (path ?? root.path("keys/ledger.key")).splitLast
        return Folder.File(folder: Folder(folder), name: name)
    }

    init(_ path: String) {
        root = Folder(path)
    }

    /// A path as it is from the vault's folder, where it lies in it.
    func relative(_ path: String) -> String {
        path.hasPrefix(root.path + "/") ? String(path.dropFirst(root.path.count + 1)) : path
    }
}

extension Folder {
    /// A file by the folder it is in.
    struct File {
        var folder: Folder
        var name: String

        var path: String { folder.path(name) }
    }
}
