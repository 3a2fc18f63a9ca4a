extension Functions {
    /// `compare_versions(version, constraint …)`; a constraint may hold several, apart by commas.
    static func compared(_ arguments: [Value]) throws(ExpressionFault) -> Bool {
        guard let version = ProductVersion(arguments[0].string) else {
            throw .type("\(arguments[0].string.prefix(40)) is no version")
        }
        for constraint in arguments.dropFirst().flatMap({ $0.string.split(separator: ",") }) {
            let text = String(constraint).trimmingBlanks
            let sign = text.prefix { "<>=!~".contains($0) }
            guard let bound = ProductVersion(String(text.dropFirst(sign.count)).trimmingBlanks) else {
                throw .type("\(text.prefix(40)) is no constraint of a version")
            }
            guard try version.satisfies(String(sign), bound) else { return false }
        }
        return true
    }
}

/// A version as products bear it: numbers with points between, then a mark of what came before it was released.
struct ProductVersion: Hashable {
    private var numbers: [UInt64]
    /// What follows a hyphen, such as `rc1`; a version with one comes before the same without.
    private var early: [Substring]
    /// How many numbers were written; `~>` lets the last of them grow.
    private var written: Int

    init?(_ text: String) {
        var rest = Substring(text)
        if rest.first == "v" || rest.first == "V" { rest = rest.dropFirst() }
        rest = rest.prefix { $0 != "+" }
        let core = rest.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
        var tail = rest.dropFirst(core.count)
        let parts = core.split(separator: ".", omittingEmptySubsequences: false)
        guard !parts.isEmpty, parts.count <= 16 else { return nil }
        var numbers: [UInt64] = []
        for part in parts {
            guard let number = UInt64(part) else { return nil }
            numbers.append(number)
        }
        if tail.first == "-" {
            tail = tail.dropFirst()
        } else if tail.first.map({ !$0.isLetter && $0 != "~" }) == true {
            return nil
        }
        written = numbers.count
        self.numbers = numbers + Array(repeating: 0, count: max(0, 3 - numbers.count))
        early = tail.split(separator: ".")
    }

    func satisfies(_ sign: String, _ bound: ProductVersion) throws(ExpressionFault) -> Bool {
        // What was not released is compared with what was not released alone, as hashicorp/go-version has it.
        if !early.isEmpty, bound.early.isEmpty, !["", "=", "==", "!="].contains(sign) { return false }
        switch sign {
        case "", "=", "==": return order(bound) == 0
        case "!=": return order(bound) != 0
        case "<": return order(bound) < 0
        case "<=": return order(bound) <= 0
        case ">": return order(bound) > 0
        case ">=": return order(bound) >= 0
        case "~>":
            let fixed = max(bound.written - 1, 1)
            return order(bound) >= 0 && numbers.prefix(fixed) == bound.numbers.prefix(fixed)
        default: throw .type("the sign \(sign) between versions")
        }
    }

    private func order(_ other: ProductVersion) -> Int {
        for place in 0..<max(numbers.count, other.numbers.count) {
            let (left, right) = (
                place < numbers.count ? numbers[place] : 0, place < other.numbers.count ? other.numbers[place] : 0
            )
            if left != right { return left < right ? -1 : 1 }
        }
        if early.isEmpty || other.early.isEmpty { return (early.isEmpty ? 1 : 0) - (other.early.isEmpty ? 1 : 0) }
        for (left, right) in zip(early, other.early) where left != right {
            if let left = UInt64(left), let right = UInt64(right) { return left < right ? -1 : 1 }
            return left < right ? -1 : 1
        }
        return early.count - other.early.count
    }
}
