import CoreFoundation
package import Domain
import Foundation
import Glibc
package import SystemPackage

extension Country {
    /// Puts the country up on its first day, after ending whatever an earlier one left in the folder.
    ///
    /// `progress` is called with a few words about each part of the work.
    package func up(progress: @Sendable (String) -> Void = { _ in }) async throws(LabError) {
        try Files.makeFolder(folder)
        let lock = try StateLock(folder)
        defer { lock.release() }
        try await Self.end(folder)
        try checkReach()
        try checkPrefix()
        progress("contents")
        try await prepareContents(progress: progress)
        progress("pages")
        try writeSites()
        try writeCaseFiles()
        var state = LabState(
            worldName: world.name,
            seed: seed,
            ports: ports,
            day: nil,
            running: [],
            files: [:],
            network: nil
        )
        try Files.write(Array(world.source.utf8), to: folder.appending("world.toml"))
        if form == .namespaces {
            progress("network")
            state.network = try await raiseNetwork()
        }
        try save(state)
        for remark in remarks(state) { progress(remark) }
        progress("servers")
        try await show(world.firstDay, &state)
    }

    /// Makes the country what it is on a day: hosts that are there, and the storage server's files.
    package func day(_ day: Day) async throws(LabError) {
        guard (world.firstDay...world.lastDay).contains(day) else {
            throw LabError(.badRequest, "\(day) is not in \(world.firstDay) to \(world.lastDay)")
        }
        let lock = try StateLock(folder)
        defer { lock.release() }
        var state = try loadState()
        try await show(day, &state)
    }

    /// Ends every process and removes what runs, but keeps the drawn contents for the next time.
    package func down() async throws(LabError) {
        try await Self.clear(folder)
    }

    /// Does what ``down()`` does for whatever country is, or was before a crash, in a folder.
    package static func clear(_ folder: FilePath) async throws(LabError) {
        // Where the folder was taken away, its servers may still run.
        let lock = Files.exists(folder) ? try StateLock(folder) : nil
        defer { lock?.release() }
        try await end(folder)
    }

    private static func end(_ folder: FilePath) async throws(LabError) {
        // Not the recorded numbers: they may be another's by now, and a crash may have come before the record.
        try await Launcher.end(Launcher(folder: folder).marked())
        for name in ["run", "sites", "applications", "lab.json", "world.toml"] {
            try Files.remove(folder.appending(name))
        }
    }

    private func show(_ day: Day, _ state: inout LabState) async throws(LabError) {
        try updateFiles(day, &state)
        let wanted = try blueprint.daemons(on: day)
        let unwanted = state.running.filter { running in
            !wanted.contains { $0.name == running.name } || !Launcher.isAlive(running.process)
        }
        try await Launcher.end(unwanted.map(\.process).filter(Launcher.isAlive))
        state.running.removeAll(where: unwanted.contains)
        var started: [(daemon: Daemon, running: LabState.Running, run: FilePath)] = []
        for daemon in wanted where !state.running.contains(where: { $0.name == daemon.name }) {
            let run = blueprint.runFolder(daemon.name)
            try write(daemon, to: run)
            let running = try await launcher.start(daemon, in: run, of: state.network?.country)
            state.running.append(running)
            started.append((daemon, running, run))
        }
        state.day = day
        try save(state)
        try await launcher.awaitReady(started, in: state.network?.country)
        if let network = state.network { try await admitHosts(on: day, in: network) }
    }

    private func write(_ daemon: Daemon, to run: FilePath) throws(LabError) {
        try Files.remove(run)
        try Files.makeFolder(run)
        for folder in daemon.folders { try Files.makeFolder(run.appending(folder)) }
        for (name, bytes) in daemon.files.sorted(by: { $0.key < $1.key }) {
            let isSecret = name.contains("key") || name == "secrets"
            try Files.write(bytes, to: run.appending(name), mode: isSecret ? 0o600 : 0o644)
        }
        // The outer process writes its number and the log, then the daemon's own user needs the folder.
        if geteuid() == 0 { try Files.give(run, toUser: Launcher.nobody, group: Launcher.nobody) }
    }

    private func writeSites() throws(LabError) {
        let picture = try lastingPicture()
        for site in world.sites {
            let root = blueprint.documentRoot(of: site)
            try Files.makeFolder(root)
            if site.kind.needsApplication {
                let settings = blueprint.applicationSettings(of: site, picture: picture)
                try Files.write(Array(settings.utf8), to: blueprint.applicationFile(of: site))
            }
            for (name, bytes) in blueprint.pages(of: site) {
                let path = root.appending(name)
                try Files.write(bytes, to: path)
                var above = path
                while above != root {
                    try Files.setTime(of: Array(above.string.utf8), to: world.firstDay.adding(-30).start, what: above)
                    above.removeLastComponent()
                }
            }
        }
    }

    /// Whether root's daemons, which run as another user, can reach the folder.
    private func checkReach() throws(LabError) {
        guard geteuid() == 0 else { return }
        var path = folder
        while !path.components.isEmpty {
            var facts = stat()
            guard stat(path.string, &facts) == 0 else { throw Files.fault("read", at: path) }
            guard facts.st_mode & 0o001 != 0 else {
                throw LabError(
                    .environment,
                    "the servers' user cannot enter this folder; choose another --state",
                    at: path.string
                )
            }
            path.removeLastComponent()
        }
    }

    /// Whether the country's addresses can be used: they are this machine's own and free, or in a network of their own.
    private func checkPrefix() throws(LabError) {
        guard form == .loopback else { return }
        guard blueprint.needsLocalRouting else {
            throw LabError(.badWorld, "\(world.prefix) lies outside 127.0.0.0/8, and so needs --netns")
        }
        let ports = ListeningPorts.read().endpoints.filter { world.prefix.contains($0.address) }.sorted()
        if let first = ports.first {
            throw LabError(.environment, "another program listens on \(first); is another country up?")
        }
    }
}
