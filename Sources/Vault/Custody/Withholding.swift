package import Domain

/// That the bytes of one record are withheld: by whom, when, why, and what is left in their place.
package struct Withholding: Hashable, Codable, Sendable {
    /// How the bytes are kept from readers.
    package enum Form: String, Codable, Sendable {
        /// Overwritten with zeros; nobody can bring them back.
        case removed
    }

    static let longestReason = 2_000

    /// What was asked to be withheld: the SHA-256 of a payload.
    package var item: Digest
    /// The record's own payload: the item, a piece of it, or something that was read from it.
    package var payload: Digest
    /// The leaf of the record.
    package var leaf: UInt64
    /// The WARC-Record-ID of the record.
    package var record: String
    package var at: Timestamp
    package var actor: String
    package var reason: String
    package var form: Form
    /// The SHA-256 of the record's block as it is afterwards: its HTTP header as it was, and zeros.
    package var remains: Digest
    /// Whether the record still was what its leaf says when it was withheld.
    package var wasSound: Bool
    /// What was made from the item and is removed with it.
    package var derived: [Digest]

    /// In words, for whoever would look at the bytes.
    package var sentence: String { "withheld on \(at) by \(actor): \(reason)" }
}

extension Leaf {
    private static let marks: [[UInt8]] = ["withheld", "erased"].map { Array("\"kind\":\"\($0)\"".utf8) }

    /// Whether a leaf's bytes may be of one that withholds something. Most are not, and reading their JSON takes long.
    static func mayWithhold(_ leaf: [UInt8]) -> Bool { marks.contains { leaf.holds($0) } }

    /// The leaf that says so. Everything it says is in its facts too, so that no record need be read to know it.
    init(_ withholding: Withholding) {
        self.init(.withheld, at: withholding.at)
        target = "ajar:withheld/\(withholding.leaf)"
        contentType = "application/json"
        refersTo = withholding.leaf
        facts = [
            "actor": withholding.actor,
            "derived": withholding.derived.map(\.description).joined(separator: " "),
            "form": withholding.form.rawValue,
            "item": withholding.item.description,
            "payload": withholding.payload.description,
            "reason": withholding.reason,
            "record": withholding.record,
            "remains": withholding.remains.description,
            "wasSound": withholding.wasSound ? "true" : "false",
        ]
    }

    /// What the leaf withholds; nil for one that does not say it whole.
    var withholding: Withholding? {
        guard kind == .withheld, let leaf = refersTo, leaf < number, let facts,
            let item = facts["item"].flatMap({ Digest($0) }), let payload = facts["payload"].flatMap({ Digest($0) }),
            let remains = facts["remains"].flatMap({ Digest($0) }),
            let form = facts["form"].flatMap(Withholding.Form.init(rawValue:)),
            let actor = facts["actor"], let reason = facts["reason"]
        else { return nil }
        return Withholding(
            item: item,
            payload: payload,
            leaf: leaf,
            record: facts["record"] ?? "",
            at: at,
            actor: actor,
            reason: reason,
            form: form,
            remains: remains,
            wasSound: facts["wasSound"] != "false",
            derived: (facts["derived"] ?? "").split(separator: " ").compactMap { Digest(String($0)) }
        )
    }
}
