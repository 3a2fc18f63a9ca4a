import Domain
import Glibc

/// One non-blocking connection under way, by raw descriptor.
struct ConnectAttempt {
    /// What came of it.
    enum Result {
        case open
        case closed
        case noAnswer
        case pending
        /// This machine could not even try: no descriptor, no port, no memory.
        case exhausted
    }

    private(set) var descriptor: Int32 = -1

    /// Starts a connection. A refusal that is known at once, as on the loopback interface, comes back at once.
    static func start(_ endpoint: Endpoint) -> (attempt: ConnectAttempt, result: Result) {
        let isV4 = endpoint.address.family == .v4
        let kind = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_NONBLOCK.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
        let attempt = ConnectAttempt(descriptor: socket(isV4 ? AF_INET : AF_INET6, kind, 0))
        guard attempt.descriptor >= 0 else { return (attempt, .exhausted) }
        guard attempt.connect(to: endpoint) != 0 else { return (attempt, attempt.judged(0)) }
        guard errno == EINPROGRESS else { return (attempt, attempt.judged(errno)) }
        let failure = attempt.socketError
        return (attempt, failure == 0 ? .pending : attempt.judged(failure))
    }

    /// What came of a connection whose descriptor is ready.
    func outcome() -> Result { judged(socketError) }

    /// Closes with a reset, so that an open connection leaves no TIME_WAIT behind.
    func close(resetting: Bool) {
        guard descriptor >= 0 else { return }
        if resetting {
            var option = linger(l_onoff: 1, l_linger: 0)
            setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &option, socklen_t(MemoryLayout<linger>.size))
        }
        Glibc.close(descriptor)
    }

    private var socketError: Int32 {
        var failure: Int32 = 0
        var length = socklen_t(MemoryLayout<Int32>.size)
        getsockopt(descriptor, SOL_SOCKET, SO_ERROR, &failure, &length)
        return failure
    }

    private func judged(_ failure: Int32) -> Result {
        switch failure {
        case 0: isTalkingToItself ? .closed : .open
        case ECONNREFUSED, ECONNRESET: .closed
        case EMFILE, ENFILE, ENOBUFS, ENOMEM, EADDRNOTAVAIL, EAGAIN: .exhausted
        default: .noAnswer
        }
    }

    /// On the loopback interface a socket can meet itself (simultaneous open, RFC 9293 3.5), which is no open port.
    private var isTalkingToItself: Bool {
        var near = sockaddr_storage()
        var far = sockaddr_storage()
        var lengths = (socklen_t(MemoryLayout<sockaddr_storage>.size), socklen_t(MemoryLayout<sockaddr_storage>.size))
        let results = withUnsafeMutablePointer(to: &near) { near in
            near.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(descriptor, $0, &lengths.0) }
        }
        let peer = withUnsafeMutablePointer(to: &far) { far in
            far.withMemoryRebound(to: sockaddr.self, capacity: 1) { getpeername(descriptor, $0, &lengths.1) }
        }
        guard results == 0, peer == 0, lengths.0 == lengths.1 else { return false }
        return withUnsafeBytes(of: near) { near in
            withUnsafeBytes(of: far) { near.prefix(Int(lengths.0)).elementsEqual($0.prefix(Int(lengths.0))) }
        }
    }

    private func connect(to endpoint: Endpoint) -> Int32 {
        let name = Self.name(of: endpoint)
        return name.withUnsafeBytes { bytes in
            guard let start = bytes.baseAddress else { return -1 }
            return Glibc.connect(descriptor, start.assumingMemoryBound(to: sockaddr.self), socklen_t(bytes.count))
        }
    }

    /// The bytes of a `sockaddr_in` or `sockaddr_in6` (ip(7), ipv6(7)).
    ///
    /// Written out, because which C module the compiler takes those two structures from depends on what else it imports.
    private static func name(of endpoint: Endpoint) -> [UInt8] {
        let isOld = endpoint.address.family == .v4
        let family = withUnsafeBytes(of: sa_family_t(isOld ? AF_INET : AF_INET6)) { Array($0) }
        let port = [UInt8(endpoint.port >> 8), UInt8(truncatingIfNeeded: endpoint.port)]
        let padding = [UInt8](repeating: 0, count: isOld ? 8 : 4)
        // IPv6 has its flow label before the address and the interface behind it.
        return family + port + (isOld ? endpoint.address.bytes + padding : padding + endpoint.address.bytes + padding)
    }
}
