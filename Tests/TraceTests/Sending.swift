import Domain
import Glibc

struct NotSent: Error {
    let description: String
}

/// Sends bytes over TCP from one of this machine's loopback addresses, and reads until the server closes.
func send(_ text: String, to endpoint: Endpoint, from source: String) throws {
    let socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    guard socket >= 0 else { throw NotSent(description: "no socket: errno \(errno)") }
    defer { close(socket) }
    guard let from = IPAddress(source) else { throw NotSent(description: "\(source) is no address") }
    var (here, there) = (address(from, 0), address(endpoint.address, endpoint.port))
    let size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let isConnected = withUnsafePointer(to: &here) { here in
        withUnsafePointer(to: &there) { there in
            here.withMemoryRebound(to: sockaddr.self, capacity: 1) { bind(socket, $0, size) } == 0
                && there.withMemoryRebound(to: sockaddr.self, capacity: 1) { connect(socket, $0, size) } == 0
        }
    }
    guard isConnected else { throw NotSent(description: "not connected: errno \(errno)") }
    let bytes = Array(text.utf8)
    guard write(socket, bytes, bytes.count) == bytes.count else {
        throw NotSent(description: "not sent: errno \(errno)")
    }
    var answer = [UInt8](repeating: 0, count: 4096)
    while read(socket, &answer, answer.count) > 0 {}
}

private func address(_ address: IPAddress, _ port: UInt16) -> sockaddr_in {
    var socket = sockaddr_in()
    socket.sin_family = sa_family_t(AF_INET)
    socket.sin_port = port.bigEndian
    socket.sin_addr.s_addr = UInt32(truncatingIfNeeded: address.value).bigEndian
    return socket
}
