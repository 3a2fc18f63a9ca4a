import Census
import Domain
import Foundation
import TestSupport
import Testing
import Vault
import Wire

/// Real servers on ports that hint at nothing.
@Suite(.serialized) struct RealServerTests {
    private func address(_ octet: Int) throws -> IPAddress { try #require(IPAddress("127.101.5.\(octet)")) }

    /// What a census says of one server.
    private func sighting(
        _ octet: Int,
        _ make: (_ endpoint: Endpoint, _ folder: URL) throws -> Daemon.Command
    ) async throws -> ServiceSighting {
        try await withTemporaryFolder("server") { folder in
            let endpoint = Endpoint(try address(octet), try freePort(on: try address(octet)))
            try FileManager.default.createDirectory(
                at: folder.appending(path: "files"),
                withIntermediateDirectories: true
            )
            return try await Daemon.running(try make(endpoint, folder)) { _ in
                try await Workbench.running("127.101.5.\(octet)") { bench in
                    let outcome = try await bench.census([endpoint])
                    #expect(outcome.services.count == 1)
                    let service = try #require(outcome.services.first)
                    let seal = try #require(service.seal)
                    #expect(bench.vault.contains(try #require(seal.payload)))
                    return service
                }
            }
        }
    }

    private func write(_ text: String, _ file: URL) throws -> String {
        try Data(text.utf8).write(to: file)
        return file.path
    }

    @Test(.enabled(if: isInstalled("sshd") && isInstalled("ssh-keygen"), "needs sshd"))
    func secureShell() async throws {
        let service = try await sighting(1) { endpoint, folder in
            let keygen = Process()
            keygen.executableURL = URL(filePath: "/usr/bin/ssh-keygen")
            keygen.arguments = ["-q", "-t", "ed25519", "-N", "", "-f", folder.appending(path: "key").path]
            try keygen.run()
            keygen.waitUntilExit()
            let text = """
                ListenAddress \(endpoint.address)
                Port \(endpoint.port)
                HostKey \(folder.path)/key
                PidFile none
                UsePAM no
                StrictModes no

                """
            let file = try write(text, folder.appending(path: "sshd.conf"))
            let command = ["/usr/sbin/sshd", "-D", "-e", "-f", file]
            guard geteuid() == 0 else {
                return Daemon.Command(command[0], Array(command.dropFirst()), listensAt: [endpoint])
            }
            // Root's sshd needs /run/sshd, which only Debian's own service makes; another user's does not.
            for path in [folder.path, folder.appending(path: "key").path] {
                guard chown(path, 65_534, 65_534) == 0 else { throw POSIXError(.EPERM) }
            }
            let user = ["--reuid=65534", "--regid=65534", "--clear-groups"]
            return Daemon.Command("/usr/bin/setpriv", user + command, listensAt: [endpoint])
        }
        #expect(service.speaks == .ssh)
        #expect(service.facts["software.product"] == "OpenSSH")
        #expect(service.facts["ssh.host-key"] == "ssh-ed25519")
        #expect(service.facts["ssh.hassh-server"]?.count == 32)
        #expect(service.banner.starts(with: "SSH-2.0-".utf8))
    }

    @Test(.enabled(if: isInstalled("vsftpd"), "needs vsftpd"))
    func fileTransfer() async throws {
        let service = try await sighting(2) { endpoint, folder in
            let text = """
                listen=YES
                background=NO
                listen_address=\(endpoint.address)
                listen_port=\(endpoint.port)
                run_as_launching_user=YES
                seccomp_sandbox=NO
                anonymous_enable=YES
                local_enable=NO
                anon_root=\(folder.path)/files
                vsftpd_log_file=\(folder.path)/vsftpd.log

                """
            let file = try write(text, folder.appending(path: "vsftpd.conf"))
            return Daemon.Command("/usr/sbin/vsftpd", [file], listensAt: [endpoint])
        }
        #expect(service.speaks == .ftp)
        #expect(service.facts["ftp.greeting"]?.contains("vsFTPd") == true)
        #expect(service.facts["ftp.features"]?.contains("PASV") == true)
    }

    @Test(.enabled(if: isInstalled("smtp-sink"), "needs postfix"))
    func mail() async throws {
        let service = try await sighting(3) { endpoint, _ in
            let user = geteuid() == 0 ? ["-u", "nobody"] : []
            return Daemon.Command(
                "/usr/sbin/smtp-sink",
                user + ["-4", "-h", "mail.zz", "inet:\(endpoint)", "16"],
                listensAt: [endpoint]
            )
        }
        #expect(service.speaks == .smtp)
        #expect(service.facts["smtp.name"] == "mail.zz")
        #expect(service.facts["smtp.extensions"]?.contains("PIPELINING") == true)
    }

    @Test(.enabled(if: isInstalled("rsync"), "needs rsync"))
    func rsync() async throws {
        let service = try await sighting(4) { endpoint, folder in
            let text = """
                use chroot = no
                pid file = \(folder.path)/rsync.pid
                log file = \(folder.path)/rsync.log
                [public]
                path = \(folder.path)/files
                [hidden]
                path = \(folder.path)/files
                list = no

                """
            let file = try write(text, folder.appending(path: "rsync.conf"))
            return Daemon.Command(
                "/usr/bin/rsync",
                [
                    "--daemon", "--no-detach", "--config=\(file)", "--address=\(endpoint.address)",
                    "--port=\(endpoint.port)",
                ],
                listensAt: [endpoint]
            )
        }
        #expect(service.speaks == .rsync)
        #expect(service.facts["rsync.modules"] == "public")
    }

    @Test(.enabled(if: isInstalled("lighttpd"), "needs lighttpd"))
    func lighttpd() async throws {
        let service = try await sighting(5) { endpoint, folder in
            _ = try write("<title>Light &amp; small</title>", folder.appending(path: "files/index.html"))
            let text = """
                server.document-root = "\(folder.path)/files"
                server.bind = "\(endpoint.address)"
                server.port = \(endpoint.port)
                index-file.names = ("index.html")
                mimetype.assign = (".html" => "text/html")

                """
            let file = try write(text, folder.appending(path: "lighttpd.conf"))
            return Daemon.Command("/usr/sbin/lighttpd", ["-D", "-f", file], listensAt: [endpoint])
        }
        #expect(service.speaks == .http)
        #expect(service.facts["software"]?.hasPrefix("lighttpd/") == true)
        #expect(service.facts["http.title"] == "Light & small")
    }

    @Test(.enabled(if: isInstalled("apache2"), "needs apache2"))
    func apache() async throws {
        let service = try await sighting(6) { endpoint, folder in
            let text = """
                ServerRoot /usr/lib/apache2
                Listen \(endpoint)
                ServerName apache.zz
                PidFile \(folder.path)/pid
                ErrorLog \(folder.path)/error.log
                DefaultRuntimeDir \(folder.path)
                Mutex file:\(folder.path)
                LoadModule mpm_event_module modules/mod_mpm_event.so
                LoadModule authz_core_module modules/mod_authz_core.so
                DocumentRoot \(folder.path)/files
                \(geteuid() == 0 ? "User www-data\nGroup www-data" : "")

                """
            let file = try write(text, folder.appending(path: "apache.conf"))
            return Daemon.Command("/usr/sbin/apache2", ["-DFOREGROUND", "-f", file], listensAt: [endpoint])
        }
        #expect(service.speaks == .http)
        #expect(service.facts["software"]?.hasPrefix("Apache/2") == true)
    }

    @Test(.enabled(if: isInstalled("nsd"), "needs nsd"))
    func nameServer() async throws {
        let endpoint = Endpoint(try address(7), try freePort(on: try address(7)))
        let zone = "$ORIGIN zz.\n$TTL 60\n@ IN SOA ns1 root 1 2 3 4 5\n@ IN NS ns1\n"
        try await withNameServer(at: endpoint, zones: ["zz.": zone]) {
            try await Workbench.running("127.101.5.7", zones: ["zz"], nameServers: [endpoint]) { bench in
                let outcome = try await bench.census([endpoint])
                #expect(outcome.services.map(\.transport) == [.tcp, .udp])
                #expect(outcome.services.allSatisfy { $0.speaks == .dns && $0.seal != nil })
                #expect(outcome.services.allSatisfy { $0.facts["software"]?.hasPrefix("NSD") == true })
                #expect(outcome.remarks.contains { $0.what.contains("AXFR") && $0.seal != nil })
                #expect(outcome.remarks.contains { $0.what.contains("missing glue") })
            }
        }
    }

    /// Many questions to one server are one record, and each fact leads to the very bytes that prove it.
    @Test(.enabled(if: isInstalled("nsd"), "needs nsd"))
    func questionsAreSealedTogether() async throws {
        let endpoint = Endpoint(try address(11), try freePort(on: try address(11)))
        let reverse = "5.101.127.in-addr.arpa."
        let head = "$TTL 60\n@ IN SOA ns1.zz. root.zz. 1 2 3 4 5\n@ IN NS ns1.zz.\n"
        let pointers = (0..<64).map { "\($0) IN PTR host\($0).zz." }.joined(separator: "\n")
        let hosts = "ns1 IN A 127.101.5.11\nwww IN A 127.101.5.12\n"
        let zones = [
            "zz.": "$ORIGIN zz.\n\(head)\(hosts)", reverse: "$ORIGIN \(reverse)\n\(head)\(pointers)\n",
        ]
        try await withNameServer(at: endpoint, zones: zones, transfer: false) {
            try await Workbench.running("127.101.5.0/26", zones: ["zz"], nameServers: [endpoint]) { bench in
                let targets = AddressSet([try #require(CIDR("127.101.5.0/26"))])
                let outcome = try await bench.census([endpoint], targets: targets)
                let pointers = outcome.names.filter { $0.type == "PTR" }
                #expect(pointers.count == 64)
                #expect(Set(outcome.names.compactMap(\.seal?.leaf)).count <= 4)
                for record in outcome.names {
                    let seal = try #require(record.seal)
                    let bytes = try bench.vault.bytes(of: try #require(seal.payload), upTo: 1 << 20)
                    let replies = try replies(in: bytes, from: try #require(seal.offset))
                    #expect(
                        replies.flatMap(\.answers).contains { "\($0.owner)" == record.owner && $0.data == record.data }
                    )
                }
                #expect(try await bench.vault.checkpoint().size < 40)
            }
        }
    }

    /// The answers to the question that begins there, read by the words of the manual alone.
    private func replies(in bytes: [UInt8], from offset: UInt64) throws -> [DNSMessage] {
        var rest = bytes[Int(offset)...]
        var replies: [DNSMessage] = []
        #expect(bytes.starts(with: "ajar-dns/1\n".utf8) && rest.first == UInt8(ascii: ">"))
        var isQuestion = true
        while let end = rest.firstIndex(of: 0x0a), isQuestion || rest.first == UInt8(ascii: "<") {
            let words = String(decoding: rest[..<end], as: UTF8.self).split(separator: " ")
            let length = try #require(Int(words[2]))
            let message = rest[(end + 1)...].prefix(length)
            if !isQuestion { replies.append(try DNSMessage(parsing: message)) }
            isQuestion = false
            rest = rest[(end + 1)...].dropFirst(length + 1)
        }
        return replies
    }

    @Test func wordsThatNobodyKnowsAreKept() async throws {
        let place = try address(8)
        let words: [UInt8] = [0xff, 0x00] + Array("who goes there".utf8)
        try await HostileServer.running(at: place, greeting: [.send(words)]) { server in
            try await Workbench.running("127.101.5.8") { bench in
                let service = try #require(try await bench.census([server.endpoint]).services.first)
                #expect(service.speaks == .unknown)
                #expect(service.banner == words)
                let record = try bench.vault.bytes(of: try #require(service.seal?.payload), upTo: 4_096)
                #expect(record.starts(with: "ajar-dialogue/1\n< 16 ".utf8))
            }
        }
    }

    /// A server that greets only once it has been spoken to is known all the same.
    @Test func aLateGreetingIsHeard() async throws {
        let script = HostileServer.Script { received in
            let text = String(decoding: received, as: UTF8.self)
            if text.hasPrefix("EHLO") { return [.send("250-late.zz\r\n250 SIZE 1\r\n")] }
            return text.hasPrefix("GET") ? [.send("220 late.zz ESMTP\r\n500 what?\r\n")] : nil
        }
        try await HostileServer.running(at: try address(9), script) { server in
            try await Workbench.running("127.101.5.9") { bench in
                let service = try #require(try await bench.census([server.endpoint]).services.first)
                #expect(service.speaks == .unknown || service.speaks == .smtp)
                #expect(service.banner.starts(with: "220 late".utf8), "\(service)")
            }
        }
    }

    /// As one whose packets are lost on the way: no connection of the first round hears it in time.
    @Test func aServerThatWasNotHeardIsAskedAgain() async throws {
        var settings = Workbench.quick
        settings.greetingWait = .milliseconds(600)
        settings.answerWait = .milliseconds(800)
        let greeting: [HostileServer.Act] = [.pause(950), .send("220 far.zz ESMTP\r\n")]
        let script = HostileServer.Script { received in
            received.starts(with: "EHLO".utf8) ? [.send("250-far.zz\r\n250 SIZE 1\r\n")] : nil
        }
        try await HostileServer.running(at: try address(11), greeting: greeting, script) { server in
            try await Workbench.running("127.101.5.11", settings: settings) { bench in
                let service = try #require(try await bench.census([server.endpoint]).services.first)
                #expect(service.speaks == .smtp, "\(service)")
                #expect(service.facts["smtp.extensions"] == "SIZE 1")
            }
        }
    }

    /// A run that is interrupted says so, and claims nothing of what it did not reach.
    @Test func anInterruptedCensusIsIncomplete() async throws {
        try await HostileServer.running(at: try address(10)) { server in
            try await Workbench.running("127.101.5.10") { bench in
                let task = Task { try await bench.census([server.endpoint]) }
                try await wait(for: "the first probe") { server.connections > 1 }
                task.cancel()
                let outcome = try await task.value
                guard case .incomplete(let reason) = outcome.completeness else {
                    Issue.record("the outcome says \(outcome.completeness)")
                    return
                }
                #expect(reason.contains("interrupted"))
                #expect(outcome.websites.isEmpty && outcome.names.isEmpty)
            }
        }
    }
}
