/// An address and a transport: what a sheet is of.
package struct HostKey: Hashable, Sendable {
    package var address: IPAddress
    package var transport: Transport

    package init(_ address: IPAddress, _ transport: Transport) {
        self.address = address
        self.transport = transport
    }
}
