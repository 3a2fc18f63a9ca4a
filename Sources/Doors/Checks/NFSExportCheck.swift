package import Domain
import Scope
import Wire

/// Folders that a server exports to everyone by NFS, as its mount daemon lists them. None is mounted: the daemon would
/// write down who did.
package struct NFSExportCheck: ServiceCheck {
    package let name = "NFS export"
    package let scheme = WebAddress.Scheme.nfs

    /// Exports that are told of; more say nothing more.
    private static let mostExports = 100

    package init() {}

    package func fits(_ service: ServiceSighting) -> Bool { service.isUnknown(at: 111...111) }

    package func look(at visit: ServiceVisit) async throws(DoorsError) -> ServiceFindings {
        var findings = ServiceFindings()
        let root = visit.address(scheme)
        var (version, port, other) = (UInt32(3), UInt32(0), UInt32?.none)
        let asked = try await visit.converse(at: root) { dialogue in
            for tried in [UInt32(3), 1] where port == 0 {
                version = tried
                guard let found = await Self.port(of: RPCCall.mountProgram, version: tried, dialogue) else { return }
                port = found
            }
            // In the range that is for users (RFC 5531 8.3), where nothing is by chance.
            other = await Self.port(of: .random(in: 0x2000_0000...0x3fff_ffff), version: 1, dialogue)
        }
        guard let asked, let other else { return findings }
        guard other == 0 else {
            findings.reject(root, name, "a program that cannot be there has a port", asked)
            return findings
        }
        guard port != 0, let at = UInt16(exactly: port) else {
            findings.reject(root, name, "exports nothing by NFS", asked)
            return findings
        }
        var listed: NFSExports?
        let said = try await visit.converse(at: root, port: at) { dialogue in
            guard let results = await Self.ask(.exports(version: version), dialogue) else { return }
            do throws(NFSExports.Fault) { listed = try NFSExports(parsing: results) } catch { return }
        }
        guard let said, let exports = listed?.exports else { return findings }
        if exports.isEmpty { findings.reject(root, name, "exports nothing by NFS", said) }
        let steps = [
            said.step(.listing, root, nil, "the mount daemon lists \(exports.count) exports"),
            asked.step(.sibling, root, nil, "a program that cannot be there has no port"),
        ]
        take(exports, steps, said, visit, &findings)
        return findings
    }

    private func take(
        _ exports: [NFSExports.Export],
        _ steps: [ProofStep],
        _ said: ServiceVisit.Said,
        _ visit: ServiceVisit,
        _ findings: inout ServiceFindings
    ) {
        findings.isUnclear = exports.count > Self.mostExports
        for export in exports.prefix(Self.mostExports) {
            let path = "/" + PathName(bytes: export.path.drop { $0 == UInt8(ascii: "/") }).description
            let address = visit.address(scheme, path)
            guard export.isForEveryone else {
                findings.reject(address, name, "is exported to machines that the server names", said)
                continue
            }
            let doubt = "the mount daemon lists it for everyone; it was not mounted"
            findings.doors.append(visit.door(.networkShare, address, name, steps, doubt: doubt))
        }
    }

    private static func port(of program: UInt32, version: UInt32, _ dialogue: Dialogue) async -> UInt32? {
        guard let results = await ask(.port(of: program, version: version), dialogue), results.count == 4 else {
            return nil
        }
        return results.reduce(0) { $0 << 8 | UInt32($1) }
    }

    /// What a procedure gives; nil where it is refused, or anything else than an answer to this call comes.
    private static func ask(_ call: RPCCall, _ dialogue: Dialogue) async -> [UInt8]? {
        await dialogue.say(call.bytes)
        let reply: RPCReply? = await dialogue.read(within: ServiceVisit.patience) { bytes in
            do throws(RPCReply.Fault) {
                let reply = try RPCReply(parsing: bytes)
                return .done(reply, reply.end)
            } catch {
                return error == .unfinished ? .unfinished : .no
            }
        }
        return reply?.identifier == call.identifier ? reply?.results : nil
    }
}
