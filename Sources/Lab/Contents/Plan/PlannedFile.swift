import Domain

/// A file with its whole life, before its bytes are made.
struct PlannedFile: Sendable {
    struct Version: Sendable {
        var day: Day
        /// The index of its recipe.
        var blob: Int
        var modified: Timestamp
        var isSilent = false
    }

    var path: PathName
    var versions: [Version]
    var removals: [Day] = []
    var returns: [Day] = []
    var status: Identification.Status
    var evidence: StorageTruth.Evidence
    var work = WorkName()
    var encoding = TextEncoding.utf8

    /// The version that lies there on a day; nil before the first, and while the file is taken away.
    func version(on day: Day) -> Version? {
        let removed = removals.last { $0 <= day }
        let returned = returns.last { $0 <= day }
        if let removed, returned.map({ $0 < removed }) ?? true { return nil }
        return versions.last { $0.day <= day }
    }
}
