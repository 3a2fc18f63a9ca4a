import AsyncHTTPClient
import Domain
import Foundation
import Glibc
import NIOCore
import NIOHTTP1
import NIOSSL
import Subprocess
import SystemPackage

/// A way to somebody who is told what is new.
enum Channel: String, Codable, CaseIterable, Sendable {
    case webhook
    case mail
    case file
}

extension WatchSettings {
    /// The ways that are set.
    var channels: [Channel] {
        [webhook.map { _ in .webhook }, mail.map { _ in .mail }, file.map { _ in .file }].compactMap(\.self)
    }

    /// How long a webhook or a mail program may take.
    private static let patience = Duration.seconds(60)

    /// Hands a message over. Throws in words why it was not taken.
    func send(_ message: Message, by channel: Channel, from folder: CaseFolder) async throws(Complaint) {
        switch channel {
        case .webhook: try await post(message, in: folder)
        case .mail: try await mail(message)
        case .file: try write(message, in: folder)
        }
    }

    // MARK: Webhook

    private func post(_ message: Message, in folder: CaseFolder) async throws(Complaint) {
        guard let webhook else { return }
        do {
            let client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: try client(in: folder))
            let status: UInt
            do {
                var request = HTTPClientRequest(url: webhook)
                request.method = .POST
                request.headers.add(name: "Content-Type", value: "application/json")
                request.headers.add(name: "User-Agent", value: "ajar/\(ajarVersion)")
                request.body = .bytes(ByteBuffer(bytes: try message.posted))
                status = try await client.execute(request, timeout: .seconds(60)).status.code
            } catch {
                try await client.shutdown()
                throw error
            }
            try await client.shutdown()
            guard (200...299).contains(status) else {
                throw Complaint(.unavailable, "the webhook answered with status \(status)")
            }
        } catch let complaint as Complaint {
            throw complaint
        } catch let error as HTTPClientError {
            throw Complaint(.unavailable, "the webhook: \(error.shortDescription)")
        } catch {
            throw Complaint(.unavailable, "the webhook: \(String("\(error)".prefix(300)))")
        }
    }

    private func client(in folder: CaseFolder) throws -> HTTPClient.Configuration {
        var configuration = HTTPClient.Configuration(
            redirectConfiguration: .disallow,
            timeout: .init(connect: .seconds(10), read: .seconds(30))
        )
        configuration.httpVersion = .http1Only
        configuration.connectionPool.retryConnectionEstablishment = false
        var tls = TLSConfiguration.makeClientConfiguration()
        if let certificates {
            tls.additionalTrustRoots = [.certificates(try NIOSSLCertificate.fromPEMFile(folder.absolute(certificates)))]
        }
        configuration.tlsConfiguration = tls
        return configuration
    }

    // MARK: Mail

    private func mail(_ message: Message) async throws(Complaint) {
        guard let mail else { return }
        let program = sendmail ?? "/usr/sbin/sendmail"
        let recipients = mail.split(separator: ",").map { String($0.trimmingPrefix(" ")) }
        let text = message.mail(to: recipients.joined(separator: ", "))
        do {
            let problem = try await within(Self.patience) {
                let result = try await Subprocess.run(
                    .path(FilePath(program)),
                    arguments: Arguments(["-i", "--"] + recipients),
                    input: .string(text),
                    output: .discarded,
                    error: .string(limit: 4_096)
                )
                return result.terminationStatus.isSuccess ? nil : result.standardError
            }
            guard let problem else { return }
            let words = problem.trimmingCharacters(in: .whitespacesAndNewlines)
            throw Complaint(.unavailable, "\(program) failed: \(words)")
        } catch let complaint as Complaint {
            throw complaint
        } catch {
            throw Complaint(.unavailable, "\(program): \(String("\(error)".prefix(300)))")
        }
    }

    /// Cancels the work, which kills the program, when it takes too long.
    private func within<Value: Sendable>(
        _ limit: Duration,
        _ work: @escaping @Sendable () async throws -> Value
    ) async throws -> Value {
        try await withThrowingTaskGroup(of: Value.self) { group in
            group.addTask { try await work() }
            group.addTask {
                try await Task.sleep(for: limit)
                throw Complaint(.unavailable, "the mail program took more than \(limit.components.seconds) seconds")
            }
            defer { group.cancelAll() }
            guard let value = try await group.next() else { throw CancellationError() }
            return value
        }
    }

    // MARK: File

    private func write(_ message: Message, in folder: CaseFolder) throws(Complaint) {
        guard let file else { return }
        let path = folder.absolute(file)
        let bytes = Array((file.hasSuffix(".jsonl") ? message.json + "\n" : message.text + "\n").utf8)
        do {
            let descriptor = try FileDescriptor.open(
                path,
                .writeOnly,
                options: [.append, .create],
                permissions: [.ownerReadWrite, .groupRead, .otherRead]
            )
            try descriptor.closeAfter {
                _ = try descriptor.writeAll(bytes)
                guard fsync(descriptor.rawValue) == 0 else { throw Errno(rawValue: errno) }
            }
        } catch {
            throw Complaint(.inputOutput, "\(path): \(error)")
        }
    }
}

extension CaseFolder {
    /// A path of the settings: from the case's folder, with `~` expanded.
    func absolute(_ file: String) -> String {
        file.hasPrefix("/") || file.hasPrefix("~") ? CaseFolder.absolute(file) : path + "/" + file
    }
}
