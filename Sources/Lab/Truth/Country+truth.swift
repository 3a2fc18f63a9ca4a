import Crypto
package import Domain
import SystemPackage

extension Country {
    /// What is true on a day and of the whole stay up to it; without a day, of the day that the country shows.
    package func truth(on day: Day? = nil) throws(LabError) -> LabTruth {
        let shown: Day
        if let day { shown = day } else { shown = try loadState().day ?? world.firstDay }
        let services = blueprint.trueServices
        let daily = try DailyFiles(country: self)
        return LabTruth(
            world: world.name,
            seed: seed.number,
            day: shown,
            hosts: Set(services.filter { $0.days.include(shown) }.map(\.endpoint.address)).sorted(),
            services: services,
            websites: blueprint.trueWebsites,
            doors: blueprint.trueDoors,
            decoys: blueprint.trueDecoys,
            sources: sources(through: shown, daily),
            projects: world.storage.projects,
            storage: daily.contents.truth,
            visitors: try visitors(on: shown, daily),
            silentElsewhere: form == .namespaces ? world.prefix : nil
        )
    }

    private func visitors(on day: Day, _ daily: DailyFiles) throws(LabError) -> VisitorTruth? {
        guard let logged = daily.logged(on: day) else { return nil }
        return try AccessLogContents(world: world.accessLog, contents: daily.contents).truth(through: logged)
    }

    private func sources(through last: Day, _ daily: DailyFiles) -> [SourceTruth] {
        var found: [SourceTruth] = []
        for site in blueprint.heardSites {
            guard let endpoint = blueprint.endpoint(of: site), let root = blueprint.webAddress(of: site) else {
                continue
            }
            var base = root
            if site.kind == .storage {
                base.target = blueprint.homePath
                found.append(SourceTruth(base: base, endpoint: endpoint, states: storageStates(through: last, daily)))
            } else if site.kind == .downloads {
                base.target = "/pub/"
                let files = downloadedFiles(of: site)
                let days = (world.firstDay.number...last.number).map { (day: Day(number: $0), files: files) }
                found.append(SourceTruth(base: base, endpoint: endpoint, states: days))
            }
        }
        for door in blueprint.trueDoors where door.kind == .anonymousFTP {
            let files = placed(Blueprint.sharedFile.name, Blueprint.sharedFile.bytes)
            let days = (world.firstDay.number...last.number).map { (day: Day(number: $0), files: files) }
            found.append(SourceTruth(base: door.address, endpoint: door.endpoint, states: days))
        }
        return found
    }

    private func storageStates(through last: Day, _ daily: DailyFiles) -> [(day: Day, files: [PathName: PlacedFile])] {
        let home = blueprint.homePath.dropFirst("/data/".count).utf8.count
        var states: [(day: Day, files: [PathName: PlacedFile])] = []
        for number in world.firstDay.number...max(world.firstDay.number, last.number) {
            let files = daily.files(on: Day(number: number))
            let below = files.map { (PathName(bytes: $0.path.bytes.dropFirst(home)), $0) }
            states.append((Day(number: number), Dictionary(below, uniquingKeysWith: { first, _ in first })))
        }
        return states
    }

    private func downloadedFiles(of site: World.Site) -> [PathName: PlacedFile] {
        var files: [PathName: PlacedFile] = [:]
        for (name, bytes) in blueprint.pages(of: site) where name.hasPrefix("pub/") {
            files.merge(placed(String(name.dropFirst(4)), bytes)) { $1 }
        }
        return files
    }

    private func placed(_ name: String, _ bytes: [UInt8]) -> [PathName: PlacedFile] {
        let path = PathName(bytes: name.utf8)
        guard let digest = Domain.Digest(bytes: SHA256.hash(data: bytes)) else { return [:] }
        let modified = world.firstDay.adding(-30).start
        return [path: PlacedFile(path: path, payload: digest, length: UInt64(bytes.count), modified: modified)]
    }
}
