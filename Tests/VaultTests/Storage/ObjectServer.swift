import Domain
import Foundation
import TestSupport
import Testing
import Vault

/// A real S3 server for a test: rclone's, which checks signatures, or moto's, which is written from Amazon's documents.
enum ObjectServer: String, CaseIterable, CustomTestStringConvertible {
    case rclone
    case moto

    static let bucket = "evidence"
    static let credentials = StoreCredentials(accessKeyID: "AKIDTEST", secretKey: "not/a+secret")

    static var installed: [ObjectServer] { allCases.filter { $0.program != nil } }

    var testDescription: String { rawValue }

    var program: String? { tool(self == .rclone ? "rclone" : "moto_server") }

    /// Runs the server with an empty bucket. The body gets where it listens, and the folder of the bucket's objects where
    /// they are files.
    func running<Value>(
        certificate: String? = nil,
        key: String? = nil,
        _ body: (Endpoint, String?) async throws -> Value
    ) async throws -> Value {
        let address = IPAddress(v4: 0x7f5b_0001 + UInt32.random(in: 0..<200))
        let endpoint = Endpoint(address, try freePort(on: address))
        let folder = try TemporaryFolder("objects")
        switch self {
        case .rclone:
            let objects = folder.url.appending(path: "data/\(Self.bucket)")
            try FileManager.default.createDirectory(at: objects, withIntermediateDirectories: true)
            var arguments = ["serve", "s3", "--addr", "\(endpoint)", "--auth-key", "AKIDTEST,not/a+secret"]
            if let certificate, let key { arguments += ["--cert", certificate, "--key", key] }
            arguments += ["--config", "/dev/null", "--dir-cache-time", "100ms", folder.path + "/data"]
            let command = Daemon.Command(
                program ?? "",
                arguments,
                environment: ["HOME": folder.path],
                listensAt: [endpoint]
            )
            return try await Daemon.running(command) { _ in try await body(endpoint, objects.path) }
        case .moto:
            let arguments = ["-H", "\(address)", "-p", "\(endpoint.port)"]
            let environment = ["HOME": folder.path]
            let command = Daemon.Command(program ?? "", arguments, environment: environment, listensAt: [endpoint])
            return try await Daemon.running(command, within: .seconds(60)) { _ in
                let made = try await run(
                    "/usr/bin/curl",
                    ["-sS", "-f", "-X", "PUT", "http://\(endpoint)/\(Self.bucket)"]
                )
                guard made.status == 0 else { throw NoBucket(description: made.text) }
                return try await body(endpoint, nil)
            }
        }
    }
}

/// A server that was started has no bucket.
private struct NoBucket: Error {
    var description: String
}

/// A program of the tools' environment that AJAR_TOOLS names, or of the path; nil where there is none.
func tool(_ name: String) -> String? {
    let environment = ProcessInfo.processInfo.environment
    let folders =
        [environment["AJAR_TOOLS"].map { $0 + "/bin" }].compactMap(\.self)
        + (environment["PATH"] ?? "").split(separator: ":").map(String.init)
    return folders.map { "\($0)/\(name)" }.first { FileManager.default.isExecutableFile(atPath: $0) }
}

extension ObjectStore {
    /// A store that is asked often and soon, and not for long.
    convenience init(
        _ endpoint: Endpoint,
        attempts: Int = 5,
        seconds: Int64 = 20,
        scheme: String = "http",
        certificates: String? = nil
    ) throws {
        var settings = StoreSettings(endpoint: "\(scheme)://\(endpoint)", bucket: ObjectServer.bucket)
        settings.prefix = "cases/test"
        settings.certificates = certificates
        var patience = Patience()
        (patience.attempts, patience.pause) = (attempts, 5)
        (patience.connectSeconds, patience.idleSeconds, patience.leastSeconds) = (5, seconds, seconds)
        patience.slowest = 1 << 40
        try self.init(settings, patience: patience) { ObjectServer.credentials }
    }
}
