import Catalogue
import Domain
import Vault

/// What of a case is not shown: what is withheld, and what is on a list of files never to be opened.
struct Concealment: Sendable {
    private let vault: Vault
    private let lists: HashLists

    init(of vault: Vault, _ lists: HashLists) {
        self.vault = vault
        self.lists = lists
    }

    /// Why a payload is not shown; nil for one that may be.
    var why: @Sendable (Digest) -> String? {
        { payload in
            vault.withholding(of: payload)?.sentence ?? lists.reason(payload).map { FileReading.neverOpened + $0 }
        }
    }

    /// Why a payload is not given away even encrypted; nil for one that may be. What is encrypted cannot be compared with
    /// SHA-1 and MD5, so it stays where a list has these.
    var whyNotEvenLocked: @Sendable (Digest) -> String? {
        { [lists] payload in
            if lists.needsBytes { return "cannot be compared with the lists of files never to be opened" }
            return lists.reason(payload).map { FileReading.neverOpened + $0 }
        }
    }

    /// Why the bytes of a payload are not handed out; nil for one that may be. Where a list has SHA-1 or MD5, it reads the
    /// bytes to compute them: ask it before they leave, and for nothing else.
    var whyNotHandedOut: @Sendable (Digest) -> String? {
        let (vault, lists, why) = (vault, lists, why)
        return { payload in
            if let why = why(payload) { return why }
            do {
                return try lists.reason(payload, in: vault).map { FileReading.neverOpened + $0 }
            } catch {
                // Whether a list has them is not known, so they stay.
                return "cannot be compared with the lists of files never to be opened: \(error)"
            }
        }
    }
}

extension CaseFolder {
    /// The lists of files never to be opened.
    func hashLists() throws(VaultError) -> HashLists { try HashLists(folder: hashes) }
}

extension Pipeline {
    /// The catalogue for what others are shown.
    var shownCatalogue: Catalogue {
        get throws { catalogue.concealing(Concealment(of: vault, try folder.hashLists()).why) }
    }
}

extension HashLists {
    /// The lists in force, as a run records them.
    var settings: [String: String] {
        isEmpty ? [:] : Dictionary(zip(names.map { "hashes.\($0)" }, digests.map(\.description))) { first, _ in first }
    }
}

extension Vault {
    /// Why each withheld item is, for the catalogue.
    var withheldReasons: [Digest: String] {
        Dictionary(withholdings.map { ($0.item, $0.sentence) }) { first, _ in first }
    }
}
