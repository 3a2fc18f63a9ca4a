import Domain
import Foundation
import Scope
import Vault

extension Pipeline {
    /// Has the last checkpoint stamped by the authority that the scope names. That it gave no stamp is sealed, and ends
    /// nothing.
    func stamp() async throws {
        guard let authority = scope.stampAuthority, let query = try await vault.stampQuery() else { return }
        let name = "\(authority.address)"
        let reply: [UInt8]
        do { reply = try await gate.stamp(query.bytes) } catch {
            try await vault.record(noStamp: "\(error)", to: query, from: name, at: clock.now())
            return complain("no time-stamp: \(error)")
        }
        let roots = try configuration.stampRoots(in: folder)
        let fault = try await vault.keep(reply: reply, to: query, from: name, roots: roots, at: clock.now())
        if let fault { complain("the time-stamp of \(name) \(fault)") }
    }

    private func complain(_ what: String) {
        ProgressReport.write("ajar: \(PathName(bytes: what.utf8).display)\n")
    }
}

extension Configuration {
    /// Who vouches for time-stamps; nil when nobody is named.
    func stampRoots(in folder: CaseFolder) throws -> StampRoots? {
        guard let timeStampRoots else { return nil }
        let path = timeStampRoots.hasPrefix("/") ? timeStampRoots : "\(folder.path)/\(timeStampRoots)"
        do { return try StampRoots(pem: String(contentsOfFile: path, encoding: .utf8), path: path) } catch {
            if error is VaultError { throw error }
            throw Complaint(.noInput, "cannot read \(path): \(error.localizedDescription)")
        }
    }
}
