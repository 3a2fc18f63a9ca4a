/// The forms of all traditions by the character they begin with: few of them can begin at any one place.
struct FormIndex: Sendable {
    struct Entry: Sendable {
        /// The tradition's place in the list.
        var tradition: Int
        var form: Form
    }

    let count: Int
    private var byScalar: [UnicodeScalar: [Entry]] = [:]
    private var byNumber: [Entry] = []

    init(_ traditions: [any Tradition]) {
        count = traditions.count
        for (index, tradition) in traditions.enumerated() {
            for form in tradition.forms {
                let entry = Entry(tradition: index, form: form)
                switch form.pieces.first {
                case .words(let words):
                    for scalar in Set(words.compactMap(\.unicodeScalars.first)) {
                        byScalar[scalar, default: []].append(entry)
                    }
                case .number: byNumber.append(entry)
                case .gap, nil: break
                }
            }
        }
    }

    /// The forms that may begin with `scalar`. No form begins with a gap.
    func entries(at scalar: UnicodeScalar) -> [Entry] {
        let named = byScalar[scalar] ?? []
        return scalar.isDigit || CountingNumber.isDigit(scalar) ? named + byNumber : named
    }
}
