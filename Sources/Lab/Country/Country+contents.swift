import Domain
import SystemPackage

extension Country {
    /// The storage server's contents, with the bytes that ``prepareContents(progress:)`` made.
    func contents() throws(LabError) -> StorageContents {
        let contents = try plannedContents()
        try contents.load(from: folder.appending("pool"))
        return contents
    }

    private func plannedContents() throws(LabError) -> StorageContents {
        try StorageContents(world: world.storage, seed: seed.number, firstDay: world.firstDay, lastDay: world.lastDay)
    }

    func prepareContents(progress: @Sendable (String) -> Void) async throws(LabError) {
        let pool = folder.appending("pool")
        try Files.makeFolder(pool)
        try await plannedContents().prepare(in: pool) { _ in }
    }

    /// A picture that lies in the user's home, unchanged, from the first day to the last.
    func lastingPicture() throws(LabError) -> PathName? {
        let contents = try contents()
        let last = Set(contents.files(on: world.lastDay))
        let names = contents.files(on: world.firstDay).filter(last.contains).map(\.path).sorted()
        return names.first { name in [".png", ".jpg"].contains { name.bytes.suffix(4).elementsEqual($0.utf8) } }
    }

    /// Makes the data folder equal to the day's files.
    func updateFiles(_ day: Day, _ state: inout LabState) throws(LabError) {
        guard let tree else { return }
        try Files.makeFolder(tree.root)
        let daily = try DailyFiles(country: self)
        let files = daily.files(on: day)
        try daily.placeLog(on: day)
        let wanted = Dictionary(
            files.map { ($0.path, LabState.Placement(payload: $0.payload, modified: $0.modified)) },
            uniquingKeysWith: { first, _ in first }
        )
        try tree.change(from: state.files, to: wanted)
        state.files = wanted
    }
}
