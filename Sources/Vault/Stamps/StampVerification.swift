import Domain
import SwiftASN1

/// Checks the time-stamps of a vault: that each is over its checkpoint, by whom, and whether they are to be believed.
struct StampVerification {
    let layout: VaultLayout
    let roots: StampRoots?
    /// Whom each time-stamp is from, as the ledger says, by its file.
    let authorities: [String: String]
    private(set) var faults: [VerificationReport.Fault] = []
    private(set) var remarks: [String] = []

    init(_ layout: VaultLayout, roots: StampRoots?, authorities: [String: String]) {
        (self.layout, self.roots, self.authorities) = (layout, roots, authorities)
    }

    mutating func run() async throws(VaultError) {
        let names = try layout.stamps.names().filter { $0.hasSuffix(".tsr") }
        for name in names {
            guard let size = VaultLayout.stampedSize(name) else { continue }
            do throws(StampFault) {
                let reply = try TimeStampReply(try read(layout.stamps, name))
                let note = try read(layout.ledger.folder(LedgerWriter.historyName), String(size))
                let signer = try reply.verify(imprint: Digest(of: note))
                if let roots, let doubt = try await reply.doubt(about: signer, roots: roots.certificates) {
                    throw StampFault(doubt)
                }
                let authority = authorities[name].map { " of \($0)" } ?? ""
                let time = reply.statement.time.text
                remarks.append("the checkpoint over \(size) leaves has a time-stamp\(authority): \(time)")
            } catch { add(name, size, error) }
        }
        if roots == nil, !names.isEmpty {
            remarks.append("no authority is named for time-stamps: who signed them was not held against one")
        }
    }

    private func read(_ folder: Folder, _ name: String) throws(StampFault) -> [UInt8] {
        do { return try folder.read(name) } catch { throw StampFault("cannot be checked: \(error)") }
    }

    private mutating func add(_ name: String, _ size: UInt64, _ fault: StampFault) {
        let affects = "the proof that the first \(size) leaves were there at that time"
        faults.append(
            .init(file: "ledger/stamps/\(name)", what: fault.description, affects: affects, sound: "the ledger itself")
        )
    }
}

extension GeneralizedTime {
    /// As it is written everywhere else, to the second.
    fileprivate var text: String {
        func digits(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        let date = "\(year)-\(digits(month))-\(digits(day))"
        return "\(date)T\(digits(hours)):\(digits(minutes)):\(digits(seconds))Z"
    }
}
