import NIOSSL
import Synchronization

/// TLS contexts by the protocols they offer; one takes milliseconds to make and serves every connection.
final class TLSContexts: Sendable {
    /// Guards the contexts made so far.
    private let contexts = Mutex<[[String]: NIOSSLContext]>([:])

    func context(offering alpn: [String]) throws -> NIOSSLContext {
        if let known = contexts.withLock({ $0[alpn] }) { return known }
        var configuration = TLSConfiguration.makeClientConfiguration()
        // A census wants to see old servers too, so everything that the library still speaks is offered.
        configuration.minimumTLSVersion = .tlsv1
        configuration.cipherSuites = "ALL:!aNULL:!eNULL:!PSK"
        // Not `.none`: with it, the callback that records the chain would never be called.
        configuration.certificateVerification = .noHostnameVerification
        configuration.trustRoots = .certificates([])
        configuration.applicationProtocols = alpn
        configuration.renegotiationSupport = .none
        let context = try NIOSSLContext(configuration: configuration)
        contexts.withLock { $0[alpn] = context }
        return context
    }
}
