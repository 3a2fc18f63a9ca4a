package import Domain
import Scope
import Wire

/// MongoDB that tells the names of its databases to anyone. No collection is named, and no document read.
package struct MongoDBCheck: ServiceCheck {
    package let name = "MongoDB"
    package let scheme = WebAddress.Scheme.mongodb

    package init() {}

    package func fits(_ service: ServiceSighting) -> Bool { service.isUnknown(at: 27_017...27_019) }

    package func look(at visit: ServiceVisit) async throws(DoorsError) -> ServiceFindings {
        var findings = ServiceFindings()
        let address = visit.address(scheme)
        let (asked, answer) = try await ask(MongoMessage.question("listDatabases", flag: "nameOnly"), visit)
        guard let asked, let answer else { return findings }
        guard answer["ok"] == .number(1), case .list(let databases)? = answer["databases"] else {
            if answer["code"] == .number(13) { findings.reject(address, name, "asks for a credential", asked) }
            return findings
        }
        guard !databases.isEmpty, databases.allSatisfy(\.hasName) else { return findings }
        let (compared, other) = try await ask(MongoMessage.question("ajar\(randomName())"), visit)
        let shows = "names \(databases.count) databases"
        let isRefused = other.map { $0["ok"] == .number(0) }
        return visit.database(at: address, name, asked, shows: shows, nonsense: compared, isRefused)
    }

    private func ask(
        _ question: [UInt8],
        _ visit: ServiceVisit
    ) async throws(DoorsError) -> (ServiceVisit.Said?, BSONDocument?) {
        var answer: BSONDocument?
        let said = try await visit.converse(at: visit.address(scheme)) { dialogue in
            await dialogue.say(question)
            answer = await dialogue.read(within: ServiceVisit.patience) { bytes in
                do throws(MongoMessage.Fault) {
                    let message = try MongoMessage(parsing: bytes)
                    return .done(message.document, message.end)
                } catch {
                    return error == .unfinished ? .unfinished : .no
                }
            }
        }
        return (said, answer)
    }
}

extension BSONDocument.Value {
    fileprivate var hasName: Bool {
        if case .document(let document) = self, case .text? = document["name"] { true } else { false }
    }
}
