import Domain

/// Numbers exhibits in the order in which the report first refers to them; one seal has one number.
struct ExhibitList {
    private(set) var exhibits: [Exhibit] = []
    private var numbers: [UInt64: Int] = [:]

    mutating func number(_ seal: Seal, what: String, address: String?, at: Timestamp?) -> Int {
        if let number = numbers[seal.leaf] { return number }
        let number = exhibits.count + 1
        numbers[seal.leaf] = number
        exhibits.append(Exhibit(number: number, what: what, address: address, seal: seal, at: at))
        return number
    }
}
