import NIOSSL
import Synchronization

/// TLS contexts by the protocols and versions they offer; one takes milliseconds to make and serves every connection.
final class TLSContexts: Sendable {
    /// Guards the contexts made so far.
    private let contexts = Mutex<[TLSOptions: NIOSSLContext]>([:])

    func context(for options: TLSOptions) throws -> NIOSSLContext {
        // A context serves every name.
        let key = TLSOptions(alpn: options.alpn, versions: options.versions)
        if let known = contexts.withLock({ $0[key] }) { return known }
        var configuration = TLSConfiguration.makeClientConfiguration()
        // A census wants to see old servers too, so everything that the library still speaks is offered.
        configuration.minimumTLSVersion = NIOSSL.TLSVersion(options.versions.lowerBound)
        configuration.maximumTLSVersion = NIOSSL.TLSVersion(options.versions.upperBound)
        configuration.cipherSuites = "ALL:!aNULL:!eNULL:!PSK"
        // Not `.none`: with it, the callback that records the chain would never be called.
        configuration.certificateVerification = .noHostnameVerification
        configuration.trustRoots = .certificates([])
        configuration.applicationProtocols = options.alpn
        configuration.renegotiationSupport = .none
        let context = try NIOSSLContext(configuration: configuration)
        contexts.withLock { $0[key] = context }
        return context
    }
}

extension NIOSSL.TLSVersion {
    fileprivate init(_ version: TLSVersion) {
        self =
            switch version {
            case .tls10: .tlsv1
            case .tls11: .tlsv11
            case .tls12: .tlsv12
            case .tls13: .tlsv13
            }
    }
}
