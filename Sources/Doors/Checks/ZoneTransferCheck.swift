package import Domain
import Scope
import Wire

/// Name servers that give a whole zone to anyone who asks (AXFR, RFC 5936). Asked for are the scope's zones.
package struct ZoneTransferCheck: ServiceCheck {
    package let name = "zone transfer"
    package let scheme = WebAddress.Scheme.dns

    package init() {}

    package func fits(_ service: ServiceSighting) -> Bool { service.transport == .tcp && service.speaks == .dns }

    package func look(at visit: ServiceVisit) async throws(DoorsError) -> ServiceFindings {
        var findings = ServiceFindings()
        for zone in visit.gate.scope.zones {
            let (address, reply) = try await transfer(zone, visit)
            guard let reply else {
                findings.isUnclear = true
                continue
            }
            guard reply.message.code == 0 else {
                // That the server failed (RFC 1035 4.1.1) is no refusal.
                if reply.message.code == 2 { findings.isUnclear = true }
                findings.reject(address, name, "refuses the transfer (code \(reply.message.code))", reply.said)
                continue
            }
            guard reply.message.isComplete, reply.message.answers.count > 2 else {
                findings.reject(address, name, "the transfer broke off, or held nothing", reply.said)
                findings.isUnclear = true
                continue
            }
            let (elsewhere, other) = try await transfer("\(randomName()).\(zone)", visit)
            guard let other, other.message.code != 0 else {
                findings.reject(address, name, "a zone that cannot be there is not refused", other?.said)
                continue
            }
            let records = reply.message.answers.count
            let proof = [
                reply.said.step(.content, address, Int(reply.message.code), "\(records) records, the whole zone"),
                other.said.step(.sibling, elsewhere, Int(other.message.code), "a zone that cannot be there is refused"),
            ]
            findings.doors.append(visit.door(.zoneTransfer, address, name, proof))
        }
        return findings
    }

    private func transfer(
        _ zone: String,
        _ visit: ServiceVisit
    ) async throws(DoorsError) -> (WebAddress, (message: DNSReply, said: ServiceVisit.Said)?) {
        let bare = zone.hasSuffix(".") ? String(zone.dropLast()) : zone
        let address = visit.address(scheme, "/\(PathName(bytes: bare.utf8))")
        let reply: DNSReply
        do {
            reply = try await visit.gate.transferZone(zone, from: visit.service.endpoint)
        } catch {
            return (address, nil)
        }
        var transcript = Transcript()
        transcript.note(.sent, reply.query, at: reply.at)
        transcript.note(.received, reply.messages.flatMap { $0 }, at: reply.at)
        return (address, (reply, try await visit.seal(transcript, at: address, visit.service.endpoint)))
    }
}
