import Domain
import Doors
import Foundation
import Scope
import TestSupport
import Testing

/// Services that are no websites: real servers that let anyone in, and the same servers when they do not.
@Suite struct ServiceDoorTests {
    private func endpoint(_ last: UInt8, _ port: UInt16? = nil) throws -> Endpoint {
        let address = IPAddress(v4: 0x7f3d_0800 | UInt32(last))
        return Endpoint(address, try port ?? freePort(on: address))
    }

    // MARK: Redis

    private func redis(_ more: [String]) async throws -> DoorsOutcome {
        let endpoint = try endpoint(1, 6_379)
        let arguments = ["--bind", "\(endpoint.address)", "--port", "6379", "--save", "", "--dir", "/tmp"] + more
        let command = Daemon.Command("/usr/bin/redis-server", arguments, listensAt: [endpoint])
        return try await Daemon.running(command) { _ in try await doorsOfService(endpoint) }
    }

    @Test(.enabled(if: isInstalled("redis-server"), "needs redis-server")) func redisWithoutAPassword() async throws {
        let found = try await redis(["--protected-mode", "no"])
        #expect(found.doors.map(\.kind) == [.database])
        let door = try #require(found.doors.first)
        #expect(door.grade == .proven && door.proof.map(\.role) == [.content, .sibling])
        #expect("\(door.address)" == "redis://127.61.8.1/")
        #expect(door.proof[0].shows.contains("0 keys in 0 databases"))
        #expect(found.examined == [door.address])
    }

    @Test(.enabled(if: isInstalled("redis-server"), "needs redis-server")) func redisWithAPassword() async throws {
        let found = try await redis(["--requirepass", "wood"])
        #expect(found.doors == [])
        #expect(found.rejections.map(\.reason) == ["asks for a credential"])
    }

    // MARK: memcached

    @Test(.enabled(if: isInstalled("memcached"), "needs memcached")) func memcachedThatAnswersAnyone() async throws {
        let endpoint = try endpoint(2, 11_211)
        let user = geteuid() == 0 ? ["-u", "root"] : []
        let command = Daemon.Command(
            "/usr/bin/memcached",
            ["-l", "\(endpoint.address)", "-p", "11211", "-U", "0"] + user,
            listensAt: [endpoint]
        )
        let found = try await Daemon.running(command) { _ in try await doorsOfService(endpoint) }
        #expect(found.doors.map(\.kind) == [.database])
        #expect(found.doors.first?.proof.first?.shows.contains(", 0 items") == true)
    }

    // MARK: FTP

    private func ftp(anonymous: Bool, files: [String: String]) async throws -> DoorsOutcome {
        let endpoint = try endpoint(3)
        return try await withTemporaryFolder("ftp") { folder in
            // vsftpd refuses a root folder that its visitors could write to.
            let root = folder.appending(path: "files")
            try FileManager.default.createDirectory(at: root, withIntermediateDirectories: true)
            for (name, text) in files {
                let file = root.appending(path: name)
                try FileManager.default.createDirectory(
                    at: file.deletingLastPathComponent(),
                    withIntermediateDirectories: true
                )
                try Data(text.utf8).write(to: file)
            }
            let configuration = """
                listen=YES
                background=NO
                listen_address=\(endpoint.address)
                listen_port=\(endpoint.port)
                run_as_launching_user=YES
                seccomp_sandbox=NO
                anonymous_enable=\(anonymous ? "YES" : "NO")
                local_enable=\(anonymous ? "NO" : "YES")
                anon_root=\(root.path)
                write_enable=NO
                xferlog_enable=NO
                vsftpd_log_file=\(folder.path)/log

                """
            let file = folder.appending(path: "vsftpd.conf")
            try Data(configuration.utf8).write(to: file)
            let command = Daemon.Command("/usr/sbin/vsftpd", [file.path], listensAt: [endpoint])
            return try await Daemon.running(command) { _ in try await doorsOfService(endpoint, speaks: .ftp) }
        }
    }

    @Test(.enabled(if: isInstalled("vsftpd"), "needs vsftpd")) func anonymousFTP() async throws {
        let found = try await ftp(anonymous: true, files: ["a/deep/plan 1.txt": "a plan"])
        #expect(found.doors.map(\.kind) == [.anonymousFTP])
        let door = try #require(found.doors.first)
        #expect(door.grade == .proven && door.proof.map(\.role) == [.listing, .content, .sibling])
        #expect(door.proof[1].address.target == "/a/deep/plan%201.txt")
        #expect(door.proof[0].shows == "the server lists 1 entries")
        #expect(door.proof[1].shows.hasPrefix("6 bytes"))
    }

    @Test(.enabled(if: isInstalled("vsftpd"), "needs vsftpd")) func guardedFTPAndAnEmptyOne() async throws {
        let guarded = try await ftp(anonymous: false, files: ["plan.txt": "a plan"])
        #expect(guarded.doors == [])
        #expect(guarded.rejections.contains { $0.reason.contains("asks for a credential") })
        let empty = try await ftp(anonymous: true, files: [:])
        #expect(empty.doors == [])
        #expect(empty.rejections.map(\.reason) == ["lets anyone in, and shows nothing"])
    }

    // MARK: rsync

    @Test(.enabled(if: isInstalled("rsync"), "needs rsync")) func rsyncModules() async throws {
        let endpoint = try endpoint(4)
        try await withTemporaryFolder("rsync") { folder in
            let configuration = """
                use chroot = no
                pid file = \(folder.path)/rsync.pid
                log file = \(folder.path)/rsync.log
                [films]
                    path = \(folder.path)
                    comment = cuts of the day
                [guarded]
                    path = \(folder.path)
                    auth users = archivist
                    secrets file = \(folder.path)/secrets
                [hidden]
                    path = \(folder.path)
                    list = no

                """
            let file = folder.appending(path: "rsync.conf")
            try Data(configuration.utf8).write(to: file)
            let command = Daemon.Command(
                "/usr/bin/rsync",
                [
                    "--daemon", "--no-detach", "--config=\(file.path)", "--address=\(endpoint.address)",
                    "--port=\(endpoint.port)",
                ],
                listensAt: [endpoint]
            )
            let found = try await Daemon.running(command) { _ in try await doorsOfService(endpoint, speaks: .rsync) }
            #expect(found.doors.map(\.address.target) == ["/films/"])
            #expect(found.doors.map(\.grade) == [.likely])
            #expect(found.doors.first?.proof.map(\.role) == [.listing, .content, .sibling])
            #expect(found.rejections.map(\.address.target) == ["/guarded/"])
        }
    }

    // MARK: zones

    @Test(.enabled(if: isInstalled("nsd"), "needs nsd")) func zonesThatAreGivenAway() async throws {
        let endpoint = try endpoint(5)
        try await withTemporaryFolder("nsd") { folder in
            for zone in ["open.example", "shut.example"] {
                let text = """
                    $ORIGIN \(zone).
                    @ 3600 IN SOA ns.\(zone). root.\(zone). 1 3600 600 86400 300
                    @ 3600 IN NS ns.\(zone).
                    ns 3600 IN A 127.61.8.5
                    cloud 3600 IN A 127.61.8.6

                    """
                try Data(text.utf8).write(to: folder.appending(path: zone))
            }
            let configuration = """
                server:
                    ip-address: \(endpoint.address)@\(endpoint.port)
                    port: \(endpoint.port)
                    server-count: 1
                    username: ""
                    zonesdir: "\(folder.path)"
                    database: ""
                    zonelistfile: "\(folder.path)/zone.list"
                    xfrdfile: "\(folder.path)/xfrd.state"
                    xfrdir: "\(folder.path)"
                    pidfile: ""
                    logfile: "\(folder.path)/log"
                remote-control:
                    control-enable: no
                zone:
                    name: "open.example."
                    zonefile: "open.example"
                    provide-xfr: 0.0.0.0/0 NOKEY
                zone:
                    name: "shut.example."
                    zonefile: "shut.example"

                """
            let file = folder.appending(path: "nsd.conf")
            try Data(configuration.utf8).write(to: file)
            let command = Daemon.Command("/usr/sbin/nsd", ["-d", "-c", file.path], listensAt: [endpoint])
            let found = try await Daemon.running(command) { _ in
                try await doorsOfService(endpoint, speaks: .dns, zones: ["open.example", "shut.example"])
            }
            #expect(found.doors.map(\.address.target) == ["/open.example"])
            #expect(found.doors.first?.grade == .proven)
            #expect(found.rejections.map(\.address.target) == ["/shut.example"])
        }
    }

    // MARK: screens

    @Test(.enabled(if: isInstalled("Xvfb"), "needs Xvfb"), arguments: [true, false])
    func screensOfX(isOpen: Bool) async throws {
        // Xvfb takes the port of its display on every address, so the display is one that is free; and each case has its
        // own, since a port that was just closed is not given again at once.
        let number = try #require(
            (isOpen ? 2...5 : 6...9).first { !accepts(Endpoint(IPAddress(v4: 0x7f3d_0806), 6_000 + UInt16($0))) }
        )
        let endpoint = try endpoint(6, 6_000 + UInt16(number))
        try await withTemporaryFolder("x11") { folder in
            // An authority that holds a secret which no visitor has.
            let file = folder.appending(path: "authority")
            let cookie = (0..<16).map { UInt8($0 &* 7 &+ 3) }
            let name = Array("MIT-MAGIC-COOKIE-1".utf8)
            let entry: [UInt8] = [0xff, 0xff, 0, 0, 0, 0, 0, 18] + name + [0, 16] + cookie
            try Data(entry).write(to: file)
            let access = isOpen ? ["-ac"] : ["-auth", file.path]
            let command = Daemon.Command(
                "/usr/bin/Xvfb",
                [":\(number)", "-screen", "0", "64x64x24", "-listen", "tcp", "-nolisten", "unix"] + access,
                listensAt: [endpoint]
            )
            let found = try await Daemon.running(command) { _ in try await doorsOfService(endpoint) }
            #expect(found.doors.map(\.kind) == (isOpen ? [.screen] : []))
            #expect(found.rejections.count == (isOpen ? 0 : 1))
            if let step = found.doors.first?.proof.first { #expect(step.shows.contains("X.Org")) }
        }
    }

    @Test(.enabled(if: isInstalled("x11vnc"), "needs x11vnc"), arguments: [true, false])
    func screensOfVNC(isOpen: Bool) async throws {
        let endpoint = try endpoint(7)
        try await withTemporaryFolder("vnc") { folder in
            let picture = folder.appending(path: "frame")
            try Data(count: 64 * 64 * 4).write(to: picture)
            let guarding = isOpen ? ["-nopw"] : ["-passwd", "wood"]
            let command = Daemon.Command(
                "/usr/bin/x11vnc",
                [
                    "-rawfb", "map:\(picture.path)@64x64x32", "-rfbport", "\(endpoint.port)", "-listen",
                    "\(endpoint.address)", "-no6", "-noipv6", "-forever", "-shared", "-nolookup", "-quiet",
                ] + guarding,
                environment: ["HOME": folder.path],
                listensAt: [endpoint]
            )
            let found = try await Daemon.running(command) { _ in
                try await doorsOfService(endpoint, banner: "RFB 003.008\n")
            }
            #expect(found.doors.map(\.kind) == (isOpen ? [.screen] : []))
            #expect(found.rejections.map(\.reason) == (isOpen ? [] : ["asks for a credential"]))
        }
    }

    // MARK: MongoDB (no package of Debian 12 has it: answers as its protocol's description gives them)

    private static func answer(_ elements: [UInt8], code: UInt32 = 2_013) -> [UInt8] {
        let number: (Int) -> [UInt8] = { number in (0..<4).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) } }
        let document = number(elements.count + 5) + elements + [0]
        return number(21 + document.count) + number(7) + number(1) + number(Int(code)) + number(0) + [0] + document
    }

    private static func field(_ kind: UInt8, _ name: String, _ value: [UInt8]) -> [UInt8] {
        [kind] + name.utf8 + [0] + value
    }

    private static let one: [UInt8] = [0, 0, 0, 0, 0, 0, 0xf0, 0x3f]
    private static let zero: [UInt8] = [0, 0, 0, 0, 0, 0, 0, 0]

    private static let names: [UInt8] = {
        let name = field(0x02, "name", [6, 0, 0, 0] + Array("films".utf8) + [0])
        let inside = field(0x03, "0", [UInt8(name.count + 5), 0, 0, 0] + name + [0])
        return answer(
            field(0x04, "databases", [UInt8(inside.count + 5), 0, 0, 0] + inside + [0]) + field(0x01, "ok", one)
        )
    }()

    private static let refusal = answer(field(0x01, "ok", zero) + field(0x10, "code", [13, 0, 0, 0]))

    @Test(arguments: ["open", "guarded", "yes to everything"]) func mongoDB(which: String) async throws {
        let script = HostileServer.Script { received in
            guard received.count > 21 else { return nil }
            let isList = String(decoding: received, as: UTF8.self).contains("listDatabases")
            let isYes = which == "yes to everything" || which == "open" && isList
            return [.send(isYes ? Self.names : Self.refusal)]
        }
        try await HostileServer.running(at: IPAddress(v4: 0x7f3d_080a), port: 27_017, script) { server in
            let found = try await doorsOfService(server.endpoint)
            #expect(found.doors.map(\.kind) == (which == "open" ? [.database] : []))
            #expect(found.rejections.count == (which == "open" ? 0 : 1))
        }
    }

    // MARK: strangers

    private static let strangers: [(name: String, port: UInt16, acts: [HostileServer.Act]?)] = [
        ("silence", 6_379, nil),
        ("garbage", 6_379, [.send((0..<4_000).map { _ in UInt8.random(in: 0...255) }), .close]),
        ("garbage", 11_211, [.send((0..<4_000).map { _ in UInt8.random(in: 0...255) }), .close]),
        ("garbage", 6_001, [.send((0..<4_000).map { _ in UInt8.random(in: 2...255) }), .close]),
        ("half an answer", 6_379, [.send("$400\r\nredis_ver"), .close]),
        ("half an answer", 11_211, [.send("STAT version 1.6\r\nSTAT curr_it"), .close]),
        ("half an answer", 6_001, [.send([1, 0, 11, 0, 0, 0, 200, 0, 1, 2, 3]), .close]),
        ("everything is right", 6_379, [.send("$17\r\nredis_version:7\r\n\r\n"), .close]),
        ("lines without end", 11_211, [.sendForEver(Array("STAT a b\r\n".utf8))]),
    ]

    /// Whatever is behind a usual port: the look ends, without a door.
    @Test(arguments: strangers.indices) func strangersAreNoDoors(number: Int) async throws {
        let stranger = Self.strangers[number]
        let script = HostileServer.Script { _ in stranger.acts }
        let address = IPAddress(v4: 0x7f3d_0809)
        try await HostileServer.running(at: address, port: stranger.port, script) { server in
            var limits = DoorsLimits()
            limits.serviceTime = .seconds(1)
            let found = try await doorsOfService(server.endpoint, limits: limits)
            #expect(found.doors == [], "\(stranger.name)")
            #expect(server.connections > 0)
        }
    }

    /// Who says nothing to a word that is no command has neither been proven nor refused: a door of before is not shut.
    @Test func silenceToNonsenseTellsNothing() async throws {
        let script = HostileServer.Script { received in
            guard String(decoding: received, as: UTF8.self).contains("INFO\r\n") else { return nil }
            return [.send("$19\r\nredis_version:7.0\r\n\r\n")]
        }
        try await HostileServer.running(at: IPAddress(v4: 0x7f3d_0809), port: 6_379, script) { server in
            let found = try await doorsOfService(server.endpoint)
            #expect(found.doors == [] && found.examined == [])
            #expect(found.rejections.map(\.reason) == ["a word that is no command got no answer"])
        }
    }

    /// Words that an unknown service may not understand are said at no other port.
    @Test func anUnknownServiceIsLeftAlone() async throws {
        try await HostileServer.running(at: IPAddress(v4: 0x7f3d_0809)) { server in
            let found = try await doorsOfService(server.endpoint, banner: "hello\r\n")
            #expect(found.doors == [] && found.examined == [])
            #expect(server.connections == 0)
        }
    }
}
