import Glibc
import NIOCore
import NIOSSL

extension GateError.Code {
    /// What an error of the network library means to whoever asked.
    init(_ error: any Error) {
        switch error {
        case let error as GateError: self = error.code
        case let error as IOError: self.init(errno: error.errnoCode)
        case ChannelError.connectTimeout: self = .timedOut
        case is CancellationError: self = .cancelled
        case let error as ChannelError where error.isClosing: self = .closed
        case is NIOSSLError, is BoringSSLError, is NIOSSLExtraError: self = .tls("\(error)")
        default: self = .local("\(error)")
        }
    }

    private init(errno code: CInt) {
        switch code {
        case ECONNREFUSED: self = .refused
        case ETIMEDOUT: self = .timedOut
        case EHOSTUNREACH, ENETUNREACH, ENETDOWN, EHOSTDOWN, EACCES, EPERM: self = .unreachable
        case ECONNRESET, EPIPE, ECONNABORTED, ENOTCONN: self = .closed
        default: self = .local(String(cString: strerror(code)))
        }
    }
}

extension ChannelError {
    fileprivate var isClosing: Bool {
        switch self {
        case .eof, .ioOnClosedChannel, .alreadyClosed, .inputClosed, .outputClosed: true
        default: false
        }
    }
}
