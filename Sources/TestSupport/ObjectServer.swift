package import Domain
import Foundation

/// An S3-compatible server for a test: rclone's, which checks signatures; moto's, which is written from Amazon's documents;
/// or, for machines where neither is installed, a little one in this process.
package enum ObjectServer: String, CaseIterable, Sendable {
    case rclone
    case moto
    case little

    /// The one bucket that each has.
    package static let bucket = "evidence"
    /// Whom rclone's and the little one let in; moto's lets anybody in.
    package static let accessKeyID = "AKIDTEST"
    package static let secretKey = "not/a+secret"

    /// Those that can be run here; the real ones first.
    package static var available: [ObjectServer] { allCases.filter { $0 == .little || $0.program != nil } }

    /// Those that are not ours.
    package static var installed: [ObjectServer] { available.filter { $0 != .little } }

    /// Where it is installed; nil where it is not, and for the little one.
    package var program: String? {
        switch self {
        case .rclone: tool("rclone")
        case .moto: tool("moto_server")
        case .little: nil
        }
    }

    /// Runs the server with an empty bucket. The body gets where it listens, and the folder of the bucket's objects where
    /// they are files. Where it `isOpen`, rclone's lets anybody in as well.
    package func running<Value>(
        certificate: String? = nil,
        key: String? = nil,
        isOpen: Bool = false,
        _ body: (Endpoint, String?) async throws -> Value
    ) async throws -> Value {
        let address = IPAddress(v4: 0x7f5b_0001 + UInt32.random(in: 0..<200))
        switch self {
        case .little:
            return try await LittleObjectStore.running(at: address) { try await body($0, nil) }
        case .rclone, .moto:
            let endpoint = Endpoint(address, try freePort(on: address))
            return try await withTemporaryFolder("objects") { folder in
                self == .moto
                    ? try await Self.moto(at: endpoint, program ?? "", folder, body)
                    : try await Self.rclone(at: endpoint, program ?? "", folder, (certificate, key), isOpen, body)
            }
        }
    }

    private static func rclone<Value>(
        at endpoint: Endpoint,
        _ program: String,
        _ folder: URL,
        _ pair: (certificate: String?, key: String?),
        _ isOpen: Bool,
        _ body: (Endpoint, String?) async throws -> Value
    ) async throws -> Value {
        let objects = folder.appending(path: "data/\(bucket)")
        try FileManager.default.createDirectory(at: objects, withIntermediateDirectories: true)
        var arguments = ["serve", "s3", "--addr", "\(endpoint)"]
        if !isOpen { arguments += ["--auth-key", "\(accessKeyID),\(secretKey)"] }
        if let certificate = pair.certificate, let key = pair.key {
            arguments += ["--cert", certificate, "--key", key]
        }
        arguments += ["--config", "/dev/null", "--dir-cache-time", "100ms", folder.path + "/data"]
        let environment = ["HOME": folder.path]
        let command = Daemon.Command(program, arguments, environment: environment, listensAt: [endpoint])
        return try await Daemon.running(command) { _ in try await body(endpoint, objects.path) }
    }

    private static func moto<Value>(
        at endpoint: Endpoint,
        _ program: String,
        _ folder: URL,
        _ body: (Endpoint, String?) async throws -> Value
    ) async throws -> Value {
        let arguments = ["-H", "\(endpoint.address)", "-p", "\(endpoint.port)"]
        let environment = ["HOME": folder.path]
        let command = Daemon.Command(program, arguments, environment: environment, listensAt: [endpoint])
        return try await Daemon.running(command, within: .seconds(60)) { _ in
            let making = Process()
            making.executableURL = URL(filePath: "/usr/bin/curl")
            making.arguments = ["-sS", "-f", "-o", "/dev/null", "-X", "PUT", "http://\(endpoint)/\(bucket)"]
            try making.run()
            making.waitUntilExit()
            guard making.terminationStatus == 0 else { throw Overdue(description: "moto's server made no bucket") }
            return try await body(endpoint, nil)
        }
    }
}
