import Domain
import SystemPackage

/// The data folder's files day by day: the drawn contents, and the copy of the server's own log.
///
/// The log is copied on the morning of each day with a batch and tells of the days before. So it grows no more once
/// the batches stop, and the source falls silent.
struct DailyFiles {
    let contents: StorageContents
    private let logs: LogCopies?
    private let logPath: PathName
    private let pool: FilePath

    init(country: Country) throws(LabError) {
        contents = try country.contents()
        pool = country.folder.appending("pool")
        let name = country.world.served.log
        logPath = PathName(bytes: "User/\(country.world.storage.user)/home/\(name ?? "")".utf8)
        logs = name == nil ? nil : try LogCopies.prepare(for: country, contents: contents, pool: pool)
    }

    /// What lies there on a day. All but the log's copy is in the pool.
    func files(on day: Day) -> [PlacedFile] {
        guard let copy = logs?.copy(on: day) else { return contents.files(on: day) }
        let log = PlacedFile(
            path: logPath,
            payload: copy.payload,
            length: UInt64(copy.length),
            modified: copy.day.start.adding(seconds: 600)
        )
        return contents.files(on: day) + [log]
    }

    /// Puts the copy of a day into the pool as well.
    func placeLog(on day: Day) throws(LabError) {
        if let copy = logs?.copy(on: day) { try LogCopies.place(copy, in: pool) }
    }

    /// The last day that the copy of a day tells of; nil when no copy lies there.
    func logged(on day: Day) -> Day? { logs?.copy(on: day)?.logged }
}
