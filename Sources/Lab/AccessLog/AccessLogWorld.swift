package import Domain

/// The `[access-log]` table of a world file: who came to the storage server. `docs/lab-contents.md` describes each key.
package struct AccessLogWorld: Hashable, Codable, Sendable {
    package var clients: [Client]
    /// Blocks on the lists that no client of this log is in: real lists are longer than what they catch.
    package var otherVPN: [CIDR]
    package var otherHosting: [CIDR]

    private enum CodingKeys: String, CodingKey {
        case clients = "client"
        case otherVPN = "other-vpn"
        case otherHosting = "other-hosting"
    }
}

extension AccessLogWorld {
    /// One address that came. Real-looking addresses are text in a file; nothing ever connects to them.
    package struct Client: Hashable, Codable, Sendable {
        /// What someone at the address does.
        package enum Habit: String, Hashable, Codable, CaseIterable, Sendable {
            /// Draws: fetches instructions and hands in the day's work through the application, in office hours.
            case artist
            /// Passes work on: uploads instructions and fetches results, at odd hours, some days only.
            case courier
            /// A program that fetches what is new, once a day.
            case mirror
            /// Looks at a few files, seldom.
            case guest
            /// Asks for paths of other products, and sends bytes that are no HTTP.
            case scanner
        }

        package var address: IPAddress
        package var line: LineKind
        /// The block that the list of its kind holds it in; absent where no list knows it.
        package var listed: CIDR?
        /// ISO 3166-1 alpha-2, and the city as place databases spell it; absent for the country's own addresses.
        package var country: String?
        package var city: String?
        package var habit: Habit
    }
}

extension AccessLogWorld {
    /// What the table asks for and no log can show; empty when it can be used.
    package var problems: [String] {
        var found: [String] = []
        if Set(clients.map(\.address)).count != clients.count { found.append("two clients have one address") }
        for client in clients {
            if let listed = client.listed, !listed.contains(client.address) {
                found.append("client \(client.address) is not inside its 'listed' block")
            }
            if client.line == .ordinary, client.listed != nil {
                found.append("client \(client.address) is ordinary and listed")
            }
        }
        let ordinary = clients.filter { $0.line == .ordinary }.map(\.address)
        for block in otherVPN + otherHosting where ordinary.contains(where: block.contains) {
            found.append("\(block) holds an ordinary client")
        }
        return found
    }

    /// The list of VPN networks that a user of this world is given: one block a line.
    package var vpnList: String { list(.vpn, other: otherVPN, title: "VPN exits") }

    /// The list of hosting networks that a user of this world is given: one block a line.
    package var hostingList: String { list(.hosting, other: otherHosting, title: "Hosting networks") }

    private func list(_ line: LineKind, other: [CIDR], title: String) -> String {
        let blocks = Set(clients.filter { $0.line == line }.compactMap(\.listed) + other)
        let lines = blocks.sorted { ($0.base, $0.prefixLength) < ($1.base, $1.prefixLength) }.map(\.description)
        return (["# \(title) of the practice country. Made for the lab; not a list to judge anyone by."] + lines)
            .joined(separator: "\n") + "\n"
    }
}
