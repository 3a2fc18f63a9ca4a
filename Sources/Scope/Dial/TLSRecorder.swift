import NIOCore
import NIOSSL
import NIOTLS
import Wire

/// Accepts every certificate, and writes down what the handshake showed.
///
/// Two handlers around NIOSSL's share one of these: below it the server's first flight passes in the clear, and names
/// the cipher suite that the library does not tell; above it the handshake's end is announced.
final class TLSRecord {
    /// Enough of the server's first flight to find the suite in.
    static let flightLimit = 512

    var flight: [UInt8] = []
    var chain: [NIOSSLCertificate] = []
    let finished: EventLoopPromise<TLSFacts>
    private let options: TLSOptions

    init(_ options: TLSOptions, on loop: any EventLoop) {
        self.options = options
        finished = loop.makePromise()
    }

    deinit {
        // A connection may fail before the handlers are in its pipeline; a promise must be kept all the same.
        finished.fail(ChannelError.eof)
    }

    func facts(version: NIOSSL.TLSVersion?, alpn: String?) throws -> TLSFacts {
        TLSFacts(
            version: version.map(Self.name) ?? "unknown",
            cipher: CipherSuite.chosen(inServerFlight: flight).map(CipherSuite.name) ?? "unknown",
            certificateChainDER: try chain.map { try $0.toDERBytes() },
            alpn: alpn,
            serverName: options.serverName
        )
    }

    private static func name(_ version: NIOSSL.TLSVersion) -> String {
        switch version {
        case .tlsv1: "TLS 1.0"
        case .tlsv11: "TLS 1.1"
        case .tlsv12: "TLS 1.2"
        case .tlsv13: "TLS 1.3"
        }
    }
}

/// Below TLS: keeps the start of the server's first flight.
final class FlightTap: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = ByteBuffer

    private let record: TLSRecord

    init(_ record: TLSRecord) {
        self.record = record
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let room = TLSRecord.flightLimit - record.flight.count
        if room > 0 { record.flight += unwrapInboundIn(data).readableBytesView.prefix(room) }
        context.fireChannelRead(data)
    }
}

/// Above TLS: waits for the handshake's end.
final class HandshakeWatch: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = ByteBuffer

    private let record: TLSRecord

    init(_ record: TLSRecord) {
        self.record = record
    }

    func channelActive(context: ChannelHandlerContext) {
        context.fireChannelActive()
        context.read()
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if let event = event as? TLSUserEvent, case .handshakeCompleted(let alpn) = event {
            record.finished.completeWith(
                Result {
                    let handler = try context.pipeline.syncOperations.handler(type: NIOSSLClientHandler.self)
                    return try record.facts(version: handler.tlsVersion, alpn: alpn)
                }
            )
        }
        context.fireUserInboundEventTriggered(event)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        record.finished.fail(error)
        context.fireErrorCaught(error)
    }

    func channelInactive(context: ChannelHandlerContext) {
        record.finished.fail(ChannelError.eof)
        context.fireChannelInactive()
    }
}
