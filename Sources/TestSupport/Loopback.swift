package import Domain
import Glibc

/// A port that nothing listens on at that address just now.
package func freePort(on address: IPAddress = IPAddress(v4: 0x7f00_0001)) throws -> UInt16 {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(descriptor) }
    var name = socketName(Endpoint(address, 0))
    let bound = withUnsafePointer(to: &name) {
        $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
            bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
        }
    }
    guard bound == 0 else { throw Overdue(description: "no free port on \(address): errno \(errno)") }
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    withUnsafeMutablePointer(to: &name) {
        _ = $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(descriptor, $0, &length) }
    }
    return UInt16(bigEndian: name.sin_port)
}

/// Whether something accepts TCP connections there. For loopback addresses only, in tests.
package func accepts(_ endpoint: Endpoint) -> Bool {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(descriptor) }
    var name = socketName(endpoint)
    return withUnsafePointer(to: &name) {
        $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
            connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
        }
    }
}

func socketName(_ endpoint: Endpoint) -> sockaddr_in {
    precondition(endpoint.address.family == .v4 && endpoint.address.bytes[0] == 127, "tests stay on 127.0.0.0/8")
    var name = sockaddr_in()
    name.sin_family = sa_family_t(AF_INET)
    name.sin_port = endpoint.port.bigEndian
    name.sin_addr.s_addr = UInt32(truncatingIfNeeded: endpoint.address.value).bigEndian
    return name
}
