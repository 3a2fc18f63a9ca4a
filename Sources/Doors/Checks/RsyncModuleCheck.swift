package import Domain
import Scope
import Wire

/// Modules of an rsync daemon that let anyone in. A module is entered as far as its door; its files are not listed.
package struct RsyncModuleCheck: ServiceCheck {
    package let name = "rsync module"
    package let scheme = WebAddress.Scheme.rsync

    private static let modulesTried = 20
    /// Lines of a message of the day before the answer.
    private static let mostLines = 200

    private enum Answer: Equatable {
        case letIn
        case guarded
        case denied
        case refused
        case none
    }

    package init() {}

    package func fits(_ service: ServiceSighting) -> Bool { service.transport == .tcp && service.speaks == .rsync }

    package func look(at visit: ServiceVisit) async throws(DoorsError) -> ServiceFindings {
        var findings = ServiceFindings()
        let root = visit.address(scheme)
        var modules: RsyncModules?
        let listed = try await visit.converse(at: root) { dialogue in
            guard await Self.greet(dialogue) else { return }
            await dialogue.say(Array("#list\n".utf8))
            modules = await dialogue.read(within: ServiceVisit.patience) { bytes in
                let modules = RsyncModules(parsing: bytes)
                return modules.isComplete || dialogue.hasEnded ? .done(modules, bytes.count) : .unfinished
            }
        }
        guard let listed, let modules, !modules.modules.isEmpty else { return findings }
        let random = try await enter(Array(randomName().utf8), visit)
        guard let refused = random.said, [.refused, .denied].contains(random.answer) else {
            findings.reject(root, name, "a module that cannot be there is not refused", random.said)
            return findings
        }
        findings.isUnclear = !modules.isComplete || modules.modules.count > Self.modulesTried
        for module in modules.modules.prefix(Self.modulesTried) {
            let (answer, said, address) = try await enter(module.name, visit)
            guard let said, answer == .letIn else {
                switch answer {
                case .guarded: findings.reject(address, name, "asks for a credential", said)
                case .denied: findings.reject(address, name, "denies access", said)
                // As many visitors as it takes are there, or nothing was said.
                case .letIn, .refused, .none: findings.isUnclear = true
                }
                continue
            }
            let proof = [
                listed.step(.listing, root, nil, "the daemon lists \(modules.modules.count) modules"),
                said.step(.content, address, nil, "the daemon lets a visitor in without a password"),
                refused.step(.sibling, random.address, nil, "a module that cannot be there is refused"),
            ]
            let doubt = "the daemon lets anyone into the module; its files were not read"
            findings.doors.append(visit.door(.rsyncModule, address, name, proof, doubt: doubt))
        }
        return findings
    }

    private func enter(
        _ module: [UInt8],
        _ visit: ServiceVisit
    ) async throws(DoorsError) -> (answer: Answer, said: ServiceVisit.Said?, address: WebAddress) {
        let address = visit.address(scheme, "/\(PathName(bytes: module))/")
        var answer = Answer.none
        let said = try await visit.converse(at: address) { dialogue in
            guard await Self.greet(dialogue) else { return }
            await dialogue.say(module + [0x0a])
            for _ in 0..<Self.mostLines {
                guard let line = await dialogue.line() else { return }
                if line.starts(with: "@RSYNCD: OK".utf8) { answer = .letIn }
                if line.starts(with: "@RSYNCD: AUTHREQD".utf8) { answer = .guarded }
                if line.starts(with: "@ERROR".utf8) {
                    answer = line.starts(with: "@ERROR: access denied".utf8) ? .denied : .refused
                }
                guard answer == .none else { return }
            }
        }
        return (answer, said, address)
    }

    /// Exchanges greetings; 31.0 is understood by every daemon since 2013, and asks for no list of digests.
    private static func greet(_ dialogue: Dialogue) async -> Bool {
        guard let line = await dialogue.line(), line.starts(with: "@RSYNCD: ".utf8) else { return false }
        await dialogue.say(Array("@RSYNCD: 31.0\n".utf8))
        return true
    }
}
