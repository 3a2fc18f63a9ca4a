import Domain

/// The address space drawn as squares.
struct MapPicture {
    static let pitch = 17

    struct Square {
        var x: Int
        var y: Int
        var state: String
        var label: String
    }

    struct RowLabel {
        var y: Int
        var text: String
    }

    struct Key {
        var state: String
        var name: String
        var count: Int
    }

    var width: Int
    var height: Int
    var squares: [Square]
    var rows: [RowLabel]
    var keys: [Key]

    init(_ map: AddressMap) {
        let columns = AddressMap.columns
        squares = map.cells.enumerated().map { index, cell in
            let details = cell.ports.map(String.init) + cell.names
            return Square(
                x: 110 + index % columns * Self.pitch,
                y: 4 + index / columns * Self.pitch,
                state: cell.state.className,
                label: "\(cell.address): \(cell.state.rawValue)"
                    + (details.isEmpty ? "" : " " + details.joined(separator: " "))
            )
        }
        rows = stride(from: 0, to: map.cells.count, by: columns * 4).map { index in
            RowLabel(y: 4 + index / columns * Self.pitch + 12, text: "\(map.cells[index].address)")
        }
        width = 110 + columns * Self.pitch + 4
        height = 8 + (map.cells.count + columns - 1) / columns * Self.pitch
        keys = AddressMap.State.allCases.compactMap { state in
            map.counts[state].map { Key(state: state.className, name: state.rawValue, count: $0) }
        }
    }
}

extension AddressMap.State {
    /// The state as a style class: words joined by hyphens.
    var className: String { rawValue.split { !$0.isLetter }.joined(separator: "-") }
}
