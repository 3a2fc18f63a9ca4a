import Domain
import Foundation
import Scope
import Vault

extension Pipeline {
    /// Has the last checkpoint stamped by each authority that the scope names, all asked at once. That one gave no stamp is
    /// sealed, and ends nothing.
    func stamp() async throws {
        let authorities = scope.stampAuthorities
        guard !authorities.isEmpty, let query = try await vault.stampQuery() else { return }
        let answers = await answers(to: query, of: authorities)
        let roots = try configuration.stampRoots(in: folder)
        for (authority, answer) in zip(authorities, answers) {
            let name = "\(authority.address)"
            switch answer {
            case .success(let reply):
                let fault = try await vault.keep(reply: reply, to: query, from: name, roots: roots, at: clock.now())
                if let fault { complain("the time-stamp of \(name) \(fault)") }
            case .failure(let error):
                try await vault.record(noStamp: "\(error)", to: query, from: name, at: clock.now())
                complain("no time-stamp of \(name): \(error)")
            case nil: continue
            }
        }
    }

    /// What each authority answered, in their order. The gate bounds how long it takes.
    private func answers(
        to query: TimeStampQuery,
        of authorities: [StampAuthority]
    ) async -> [Result<[UInt8], GateError>?] {
        await withTaskGroup(of: (Int, Result<[UInt8], GateError>).self) { group in
            for (index, authority) in authorities.enumerated() {
                group.addTask {
                    do throws(GateError) {
                        return (index, .success(try await gate.stamp(query.bytes, by: authority)))
                    } catch {
                        return (index, .failure(error))
                    }
                }
            }
            var answers = [Result<[UInt8], GateError>?](repeating: nil, count: authorities.count)
            for await (index, answer) in group { answers[index] = answer }
            return answers
        }
    }

    /// Before the case is closed: signs what no run's end has signed, and has that stamped. A program that was told to stop
    /// does not wait for it.
    func stampWhatWaits() async {
        guard !scope.stampAuthorities.isEmpty, !vault.onlyStampsWait, !Task.isCancelled else { return }
        // A vault that cannot sign says so itself when it is closed.
        guard (try? await vault.checkpoint(isLast: true)) != nil else { return }
        do { try await stamp() } catch { complain("no time-stamp: \(error)") }
    }

    /// Says in one line what went wrong and ends nothing.
    func complain(_ what: String) {
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
