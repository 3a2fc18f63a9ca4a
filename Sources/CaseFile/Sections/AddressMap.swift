import Catalogue
package import Domain

/// The address space as a picture: one cell an address, 32 to a row.
package struct AddressMap: Sendable, Encodable {
    package enum State: String, Codable, CaseIterable, Sendable {
        /// At least one service is open now.
        case open
        /// A service was open earlier; the host refuses its ports now.
        case closedNow = "open earlier, closed now"
        /// A service was open earlier, and nothing answers now: it may be gone, or out of our reach.
        case silentNow = "open earlier, no answer now"
        /// It refused every port asked: something is there.
        case closed
        case noAnswer = "no answer"
        case notObserved = "not observed"
        /// In the range, but kept out of the scope.
        case outside
    }

    package struct Cell: Sendable, Encodable {
        package var address: IPAddress
        package var state: State
        package var ports: [UInt16]
        package var names: [String]
    }

    /// More addresses than this are counted, not drawn.
    package static let maximumCells = 4_096
    package static let columns = 32

    package var cells: [Cell]
    package var counts: [State: Int]

    init(
        addresses: AddressSet,
        sweeps: [PortSweep],
        services: [Lasting<ServiceSighting>],
        websites: [Lasting<WebsiteSighting>]
    ) {
        let openNow = Dictionary(grouping: services.filter(\.isPresent), by: \.value.endpoint.address)
        let ever = Set(services.map(\.value.endpoint.address))
        let names = Dictionary(grouping: websites.filter(\.isPresent), by: \.value.endpoint.address)
        let closed = sweeps.reduce(AddressSet()) { $0.union($1.closed) }
        let silent = sweeps.reduce(AddressSet()) { $0.union($1.noAnswer) }
        cells = addresses.addresses.prefix(Self.maximumCells).map { address in
            let wasOpen = ever.contains(address)
            let state: State =
                if openNow[address] != nil {
                    .open
                } else if closed.contains(address) {
                    wasOpen ? .closedNow : .closed
                } else if silent.contains(address) {
                    wasOpen ? .silentNow : .noAnswer
                } else {
                    .notObserved
                }
            return Cell(
                address: address,
                state: state,
                ports: Set((openNow[address] ?? []).map(\.value.endpoint.port)).sorted(),
                names: Set((names[address] ?? []).map(\.value.name)).sorted()
            )
        }
        counts = Dictionary(grouping: cells, by: \.state).mapValues(\.count)
    }
}
