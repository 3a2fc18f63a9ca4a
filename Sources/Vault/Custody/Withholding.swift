package import Domain

/// That the bytes of one record are withheld: by whom, when, why, and what is left in their place.
package struct Withholding: Hashable, Codable, Sendable {
    /// How the bytes are kept from readers.
    package enum Form: Hashable, Sendable {
        /// Overwritten with zeros; nobody can bring them back.
        case removed
        /// Overwritten with zeros, and kept beside the segments for whoever has the key.
        case encrypted(Lock)
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
    /// What an earlier withholding had kept encrypted, and this one destroys.
    package var destroyed: Lock?

    /// To whose key the bytes are encrypted; nil where they are removed for good.
    package var lock: Lock? {
        if case .encrypted(let lock) = form { lock } else { nil }
    }

    /// In words, for whoever would look at the bytes.
    package var sentence: String {
        let lock = lock.map { ", encrypted to the key \($0.recipient.id)" } ?? ""
        let destroyed = destroyed.map { ", and what was encrypted to the key \($0.recipient.id) destroyed" } ?? ""
        return "withheld on \(at) by \(actor)\(lock)\(destroyed): \(reason)"
    }
}

extension Leaf {
    private static let marks: [[UInt8]] = ["withheld", "erased", "disowned"].map { Array("\"kind\":\"\($0)\"".utf8) }

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
            "form": withholding.form.word,
            "item": withholding.item.description,
            "payload": withholding.payload.description,
            "reason": withholding.reason,
            "record": withholding.record,
            "remains": withholding.remains.description,
            "wasSound": withholding.wasSound ? "true" : "false",
        ]
        facts?["recipient"] = (withholding.lock ?? withholding.destroyed)?.recipient.description
        facts?["locked"] = withholding.lock?.digest.description
        facts?["destroyed"] = withholding.destroyed?.digest.description
    }

    /// What the leaf withholds; nil for one that does not say it whole.
    var withholding: Withholding? {
        guard kind == .withheld, let leaf = refersTo, leaf < number, let facts,
            let item = facts["item"].flatMap({ Digest($0) }), let payload = facts["payload"].flatMap({ Digest($0) }),
            let remains = facts["remains"].flatMap({ Digest($0) }),
            let form = facts["form"].flatMap({ Withholding.Form($0, facts) }),
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
            derived: (facts["derived"] ?? "").split(separator: " ").compactMap { Digest(String($0)) },
            destroyed: form == .removed ? Lock(facts, digest: "destroyed") : nil
        )
    }
}

extension Withholding.Form {
    fileprivate var word: String {
        switch self {
        case .removed: "removed"
        case .encrypted: "encrypted"
        }
    }

    /// What a leaf's facts say; nil where they do not say it whole.
    fileprivate init?(_ word: String, _ facts: [String: String]) {
        switch word {
        case "removed": self = .removed
        case "encrypted":
            guard let lock = Lock(facts, digest: "locked") else { return nil }
            self = .encrypted(lock)
        default: return nil
        }
    }
}

extension Lock {
    /// What a leaf's facts say; nil where they do not say it whole.
    fileprivate init?(_ facts: [String: String], digest name: String) {
        guard let recipient = facts["recipient"].flatMap({ Recipient($0) }),
            let digest = facts[name].flatMap({ Digest($0) })
        else { return nil }
        self.init(recipient: recipient, digest: digest)
    }
}

/// A word for bytes that are removed, a lock for those that are encrypted.
extension Withholding.Form: Codable {
    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let word = try? container.decode(String.self), word == Self.removed.word {
            self = .removed
        } else {
            self = .encrypted(try container.decode(Lock.self))
        }
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .removed: try container.encode(word)
        case .encrypted(let lock): try container.encode(lock)
        }
    }
}
