import Domain
import Foundation
import Scope
import TestSupport
import Testing

@Suite(.enabled(if: isInstalled("nginx") && isInstalled("openssl"), "nginx or openssl is not installed"))
struct GateTLSTests {
    /// Makes a self-signed certificate and its key; returns their paths.
    private func certificate(in folder: TemporaryFolder, isExpired: Bool) throws -> (certificate: String, key: String) {
        let (key, request, certificate) = (
            folder.path + "/key.pem", folder.path + "/csr.pem", folder.path + "/cert.pem"
        )
        try openssl(
            "req",
            "-newkey",
            "rsa:2048",
            "-nodes",
            "-keyout",
            key,
            "-out",
            request,
            "-subj",
            "/CN=self.inside.test"
        )
        if isExpired {
            try folder.write("ca.conf", Self.authority(folder.path).utf8)
            try folder.write("index.txt", "".utf8)
            try folder.write("serial", "01".utf8)
            try openssl(
                "ca",
                "-batch",
                "-selfsign",
                "-config",
                folder.path + "/ca.conf",
                "-keyfile",
                key,
                "-in",
                request,
                "-out",
                certificate,
                "-startdate",
                "20100101000000Z",
                "-enddate",
                "20110101000000Z",
                "-notext"
            )
        } else {
            try openssl("x509", "-req", "-in", request, "-signkey", key, "-days", "30", "-out", certificate)
        }
        return (certificate, key)
    }

    private static func authority(_ folder: String) -> String {
        """
        [ca]
        default_ca = here
        [here]
        new_certs_dir = \(folder)
        database = \(folder)/index.txt
        serial = \(folder)/serial
        default_md = sha256
        policy = any
        [any]
        commonName = supplied
        """
    }

    private func openssl(_ arguments: String...) throws {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/openssl")
        process.arguments = arguments
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        process.standardInput = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        try #require(process.terminationStatus == 0, "openssl \(arguments)")
    }

    @Test(arguments: [false, true])
    func recordsWhatItDoesNotTrust(isExpired: Bool) async throws {
        let folder = try TemporaryFolder()
        try folder.write("page.html", "hello".utf8)
        let files = try certificate(in: folder, isExpired: isExpired)
        let gate = Gate(scope: try scope("127.75.0.1"))
        let lines = "root \(folder.path); ssl_protocols TLSv1.2 TLSv1.3;"
        let here = try address("127.75.0.1")
        let (reply, content) = try await withNginx(
            at: here,
            server: lines,
            certificate: files.certificate,
            key: files.key
        ) { endpoint in
            let page = WebAddress(scheme: .https, host: "www.inside.test", port: endpoint.port, target: "/page.html")
            let (reply, content, _) = try await gate.fetch(HTTPRequest(.get, page, at: endpoint))
            return (reply, content)
        }
        #expect(content == Array("hello".utf8))
        let tls = try #require(reply.tls)
        #expect(tls.version == "TLS 1.3")
        #expect(tls.cipher.hasPrefix("TLS_"))
        #expect(tls.alpn == "http/1.1")
        #expect(tls.serverName == "www.inside.test")
        let pem = try String(contentsOfFile: files.certificate, encoding: .utf8)
            .split(separator: "\n").filter { !$0.hasPrefix("-") }.joined()
        #expect(tls.certificateChainDER == [Array(try #require(Data(base64Encoded: pem)))])
        await gate.close()
    }

    @Test func oldCipherIsNamed() async throws {
        let folder = try TemporaryFolder()
        let files = try certificate(in: folder, isExpired: false)
        let gate = Gate(scope: try scope("127.75.0.2"))
        let lines = "ssl_protocols TLSv1.2; ssl_ciphers AES128-GCM-SHA256;"
        let tls = try await withNginx(
            at: try address("127.75.0.2"),
            server: lines,
            certificate: files.certificate,
            key: files.key
        ) { endpoint in
            let stream = try await gate.connect(to: endpoint, tls: TLSOptions(serverName: "127.75.0.2"))
            await stream.close()
            return stream.tls
        }
        #expect(tls?.version == "TLS 1.2")
        #expect(tls?.cipher == "TLS_RSA_WITH_AES_128_GCM_SHA256")
        #expect(tls?.alpn == nil)
    }

    @Test func whatIsNoTLSIsAnError() async throws {
        let gate = Gate(scope: try scope("127.75.0.3"))
        let here = try address("127.75.0.3")
        for greeting in [[HostileServer.Act.send("220 smtp\r\n")], [.close]] {
            let error = try await #require(throws: GateError.self) {
                try await HostileServer.running(at: here, greeting: greeting) { server in
                    try await gate.connect(to: server.endpoint, tls: TLSOptions())
                }
            }
            #expect(error.code != .timedOut, "\(error)")
        }
        let silent = try await #require(throws: GateError.self) {
            try await HostileServer.running(at: here) { server in
                try await gate.connect(to: server.endpoint, tls: TLSOptions(), within: .milliseconds(200))
            }
        }
        #expect(silent.code == .timedOut)
    }
}
