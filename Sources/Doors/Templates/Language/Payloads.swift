/// Lists of values that requests are made with, and how they are combined.
package struct Payloads: Hashable, Sendable {
    /// How several lists go together; the words are nuclei's.
    package enum Attack: String, Hashable, Sendable, CaseIterable {
        /// One list after the other.
        case batteringram
        /// The first of each, the second of each …
        case pitchfork
        /// Each with each.
        case clusterbomb
    }

    package struct List: Hashable, Sendable {
        package var name: String
        package var values: [String]

        package init(name: String, values: [String]) {
            self.name = name
            self.values = values
        }
    }

    package var attack: Attack
    /// In the order of the template.
    package var lists: [List]

    package init(attack: Attack = .batteringram, lists: [List] = []) {
        self.attack = attack
        self.lists = lists
    }

    /// How many combinations there are: one where there is no list.
    package var count: Int {
        guard !lists.isEmpty else { return 1 }
        switch attack {
        case .batteringram: return lists.reduce(0) { $0 + $1.values.count }
        case .pitchfork: return lists.map(\.values.count).min() ?? 0
        case .clusterbomb:
            return lists.reduce(1) { product, list in
                let (next, isOver) = product.multipliedReportingOverflow(by: list.values.count)
                return isOver ? .max : next
            }
        }
    }

    /// One combination by its number, below ``count``.
    package func combination(_ number: Int) -> [String: String] {
        guard !lists.isEmpty else { return [:] }
        var values: [String: String] = [:]
        var rest = number
        switch attack {
        case .batteringram:
            for list in lists {
                if rest < list.values.count { return [list.name: list.values[rest]] }
                rest -= list.values.count
            }
        case .pitchfork:
            for list in lists where number < list.values.count { values[list.name] = list.values[number] }
        case .clusterbomb:
            for list in lists.reversed() {
                values[list.name] = list.values[rest % list.values.count]
                rest /= list.values.count
            }
        }
        return values
    }
}
