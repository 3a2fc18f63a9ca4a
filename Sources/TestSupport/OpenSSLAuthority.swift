package import Foundation

/// A time-stamp authority that `openssl ts` plays, with a root of its own.
package struct OpenSSLAuthority: Sendable {
    /// The keys that the authority may sign with.
    package enum Key: String, CaseIterable, Sendable {
        case rsa = "rsa:2048"
        case elliptic = "ec"
    }

    package static let isThere = FileManager.default.isExecutableFile(atPath: "/usr/bin/openssl")

    private let folder: URL
    /// The root's certificate in PEM.
    package var root: URL { folder.appending(path: "ca.pem") }

    /// Makes the root, and the authority's certificate under it.
    package init(in folder: URL, key: Key = .elliptic) throws {
        self.folder = folder
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try Self.settings.replacing("FOLDER", with: folder.path)
            .write(to: folder.appending(path: "cnf"), atomically: true, encoding: .utf8)
        try "01\n".write(to: folder.appending(path: "serial"), atomically: true, encoding: .utf8)
        let curve = ["-pkeyopt", "ec_paramgen_curve:P-256"]
        try openssl(
            ["req", "-x509", "-newkey", "ec"] + curve
                + [
                    "-nodes", "-keyout", "ca.key", "-out", "ca.pem", "-days", "3650", "-config", "cnf", "-extensions",
                    "ca",
                ]
        )
        try openssl(
            ["req", "-new", "-newkey", key.rawValue] + (key == .elliptic ? curve : [])
                + ["-nodes", "-keyout", "tsa.key", "-out", "tsa.csr", "-config", "cnf", "-subj", "/CN=stamps"]
        )
        try openssl([
            "x509", "-req", "-in", "tsa.csr", "-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial", "-days", "3650",
            "-extfile", "cnf", "-extensions", "stamps", "-out", "tsa.pem",
        ])
    }

    /// What the authority answers to a query.
    package func reply(to query: [UInt8]) throws -> [UInt8] {
        let (question, answer) = (folder.appending(path: "\(UUID())"), folder.appending(path: "\(UUID())"))
        try Data(query).write(to: question)
        try openssl(["ts", "-reply", "-config", "cnf", "-queryfile", question.path, "-out", answer.path])
        return Array(try Data(contentsOf: answer))
    }

    /// Whether `openssl ts` finds a reply to be a time-stamp of a file under this root.
    package func verifies(reply: URL, of file: URL) -> Bool {
        let arguments = ["ts", "-verify", "-in", reply.path, "-data", file.path, "-CAfile", root.path]
        return (try? openssl(arguments)) != nil
    }

    private func openssl(_ arguments: [String]) throws {
        let (process, output) = (Process(), Pipe())
        process.executableURL = URL(filePath: "/usr/bin/openssl")
        process.arguments = arguments
        process.currentDirectoryURL = folder
        process.environment = ["OPENSSL_CONF": "/dev/null", "PATH": "/usr/bin:/bin"]
        process.standardOutput = output
        process.standardError = output
        try process.run()
        let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            throw Overdue(description: "openssl \(arguments.joined(separator: " ")): \(text)")
        }
    }

    private static let settings = """
        [req]
        distinguished_name = name
        prompt = no
        [name]
        CN = root of a test
        [ca]
        basicConstraints = critical,CA:TRUE
        keyUsage = critical,keyCertSign
        subjectKeyIdentifier = hash
        [stamps]
        basicConstraints = critical,CA:FALSE
        keyUsage = critical,digitalSignature
        extendedKeyUsage = critical,timeStamping
        [tsa]
        default_tsa = authority
        [authority]
        serial = FOLDER/serial
        signer_cert = FOLDER/tsa.pem
        certs = FOLDER/ca.pem
        signer_key = FOLDER/tsa.key
        signer_digest = sha256
        default_policy = 1.2.3.4.1
        digests = sha256
        accuracy = secs:1
        ordering = yes
        tsa_name = yes
        ess_cert_id_chain = no
        ess_cert_id_alg = sha256

        """
}
