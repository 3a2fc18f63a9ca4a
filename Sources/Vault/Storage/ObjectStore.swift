import AsyncHTTPClient
import Crypto
package import Domain
import Foundation
import Glibc
import NIOCore
import NIOHTTP1
import NIOSSL
import Wire

/// Objects in an S3-compatible store: the engine that keeps segments away from the case's folder.
///
/// It is the user's own store and not what is looked at, so the gate's scope does not speak of it. It asks the one endpoint
/// of its settings and follows no redirect; the certificate must be valid for that name. What the store answers is an
/// untrusted hint: only bytes with the right SHA-256 count. Every call waits for the network where it is called: use it on
/// a thread that may wait.
package final class ObjectStore: Sendable {
    /// How long a store is waited for, and how often it is asked again.
    package struct Patience: Hashable, Sendable {
        /// How often a request is made at most that fails for a reason which may pass.
        package var attempts = 5
        /// Milliseconds before the second attempt; each later one waits twice as long.
        package var pause: UInt32 = 250
        /// Seconds for a connection, and without a byte.
        package var connectSeconds: Int64 = 10
        package var idleSeconds: Int64 = 30
        /// Seconds that any request may take, and the bytes a second that a longer one must come to.
        package var leastSeconds: Int64 = 60
        package var slowest: Int64 = 16 << 10

        package init() {}
    }

    package let settings: StoreSettings
    let patience: Patience
    private let endpoint: EndpointAddress
    private let credentials: @Sendable () throws(VaultError) -> StoreCredentials
    private let client: HTTPClient
    private let now: @Sendable () -> Timestamp

    /// `credentials` are asked for at each request, so that a case can be opened without them. `now` is the machine's clock,
    /// whatever the case goes by: a store refuses a signature that is a quarter of an hour off.
    package init(
        _ settings: StoreSettings,
        patience: Patience = Patience(),
        now: @escaping @Sendable () -> Timestamp = { CaseClock.system.now() },
        credentials: @escaping @Sendable () throws(VaultError) -> StoreCredentials
    ) throws(VaultError) {
        guard settings.problem == nil, let endpoint = EndpointAddress(settings.endpoint) else {
            throw VaultError(.unreachable, "use a store: \(settings.problem ?? settings.endpoint)")
        }
        (self.settings, self.patience, self.endpoint) = (settings, patience, endpoint)
        (self.credentials, self.now) = (credentials, now)
        var configuration = HTTPClient.Configuration(
            redirectConfiguration: .disallow,
            timeout: .init(
                connect: .seconds(patience.connectSeconds),
                read: .seconds(patience.idleSeconds),
                write: .seconds(patience.idleSeconds)
            )
        )
        configuration.httpVersion = .http1Only
        // A refused connection is an answer; how often to try again is decided here.
        configuration.connectionPool.retryConnectionEstablishment = false
        var tls = TLSConfiguration.makeClientConfiguration()
        if let file = settings.certificates {
            do { tls.additionalTrustRoots = [.certificates(try NIOSSLCertificate.fromPEMFile(file))] } catch {
                throw VaultError(.unreachable, "read the certificates of the store: \(error)", path: file)
            }
        }
        configuration.tlsConfiguration = tls
        client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
    }

    // The client keeps itself until its connections are closed; nobody waits for that.
    deinit { client.shutdown { _ in } }

    // MARK: Requests

    /// One request about an object.
    struct Request {
        var method: HTTPMethod
        var object: String
        var query: [(name: String, value: String)] = []
        var headers: [(name: String, value: String)] = []
        var body: [UInt8] = []
        /// The most bytes of an answer's body.
        var longest = S3Reply.longest

        init(_ method: HTTPMethod, _ object: String) {
            (self.method, self.object) = (method, object)
        }
    }

    struct Answer {
        var status: Int
        var headers: HTTPHeaders
        var body: [UInt8]
    }

    private enum Attempt {
        case answered(Answer)
        /// It may go better another time.
        case failed(String)
    }

    /// Asks until there is an answer that says something of the object: one of success, or 404, or 416. Throws
    /// `unreachable` where the store gives none, with the reason.
    func ask(_ request: Request, to what: String, attempts: Int? = nil) throws(VaultError) -> Answer {
        var reason = ""
        let attempts = max(1, attempts ?? patience.attempts)
        for number in 0..<attempts {
            if number > 0 { usleep(min(patience.pause << UInt32(min(number - 1, 6)), 20_000) * 1_000) }
            switch try attempt(request, what) {
            case .answered(let answer): return answer
            case .failed(let why): reason = why
            }
        }
        throw unreachable(what, "\(reason) (asked \(attempts) \(attempts == 1 ? "time" : "times"))")
    }

    func unreachable(_ what: String, _ why: String) -> VaultError {
        VaultError(.unreachable, "\(what) in the store \(settings.place): \(why)")
    }

    private func attempt(_ request: Request, _ what: String) throws(VaultError) -> Attempt {
        let credentials = try credentials()
        let answer: Answer
        do { answer = try send(signed(request, by: credentials), request) } catch {
            return .failed(Self.words(error))
        }
        let reply = S3Reply(parsing: answer.body)
        let said = ["\(answer.status)", reply.code, reply.message].compactMap(\.self).joined(separator: " ").prefix(300)
        switch answer.status {
        case 200..<300:
            // A long operation answers 200 at once, and tells in its body how it ended.
            return request.method == .POST && reply.isError ? .failed("it answered \(said)") : .answered(answer)
        case 404 where reply.code == "NoSuchBucket": throw unreachable(what, "it has no such bucket")
        case 404, 416: return .answered(answer)
        case 300..<400:
            let target = answer.headers.first(name: "Location")?.prefix(200)
            throw unreachable(what, "it redirects\(target.map { " to \($0)" } ?? ""), which is not followed")
        case 403 where reply.code == "RequestTimeTooSkewed":
            let theirs = answer.headers.first(name: "Date").map { ", its own says \($0.prefix(40))" } ?? ""
            throw unreachable(what, "this machine's clock says \(now().roundedDown)\(theirs)")
        case 408, 429, 500...: return .failed("it answered \(said)")
        case 400 where Self.passing.contains(reply.code ?? ""): return .failed("it answered \(said)")
        default: throw unreachable(what, "it answered \(said)")
        }
    }

    /// Refusals of bytes that changed on their way, or of a body that did not come in time.
    private static let passing: Set<String> = [
        "BadDigest", "IncompleteBody", "InvalidDigest", "RequestTimeout", "XAmzContentChecksumMismatch",
        "XAmzContentSHA256Mismatch",
    ]

    private func signed(_ request: Request, by credentials: StoreCredentials) throws -> HTTPClient.Request {
        let isHost = settings.style == .host
        let host = isHost ? "\(settings.bucket).\(endpoint.host)" : endpoint.host
        let parts = (isHost ? [] : [settings.bucket]) + [settings.prefix ?? "", request.object].filter { !$0.isEmpty }
        let path = "/" + RequestSignature.encoded(parts.joined(separator: "/"), keepingSlashes: true)
        let signature = RequestSignature(credentials, region: settings.regionName)
        let fields = [(name: "host", value: endpoint.authority(host))] + request.headers
        let payload = request.body.isEmpty ? RequestSignature.ofNothing : Digest(of: request.body).description
        let added = signature.headers(
            for: .init(request.method.rawValue, path: path, query: request.query, headers: fields, payload: payload),
            at: now()
        )
        let query = request.query.isEmpty ? "" : "?" + RequestSignature.query(request.query)
        let scheme = endpoint.isSecure ? "https" : "http"
        var headers = HTTPHeaders((fields + added).map { ($0.name, $0.value) })
        headers.add(name: "user-agent", value: "ajar/\(ajarVersion)")
        let needsBody = request.method == .PUT || request.method == .POST
        return try HTTPClient.Request(
            url: "\(scheme)://\(endpoint.authority(host))\(path)\(query)",
            method: request.method,
            headers: headers,
            body: needsBody ? .byteBuffer(ByteBuffer(bytes: request.body)) : nil
        )
    }

    private func send(_ signed: HTTPClient.Request, _ request: Request) throws -> Answer {
        let longest = max(request.longest, S3Reply.longest)
        let bytes = Int64(request.body.count + longest)
        let seconds = max(patience.leastSeconds, bytes / max(1, patience.slowest))
        let collector = ResponseAccumulator(request: signed, maxBodySize: longest)
        let response = try client.execute(request: signed, delegate: collector, deadline: .now() + .seconds(seconds))
            .wait()
        let body = response.body.map { Array($0.readableBytesView) } ?? []
        return Answer(status: Int(response.status.code), headers: response.headers, body: body)
    }

    /// What stopped a request, in a few words.
    private static func words(_ error: any Error) -> String {
        switch error {
        case let error as HTTPClientError: error.shortDescription
        case let error as NIOSSLError: "TLS: \(error)"
        default: String("\(error)".prefix(300))
        }
    }
}
