import Domain
import Scope
import Vault
import Wire

/// Asks the name servers for all they tell: whole zones where they give them, else what can be looked up.
struct NameFinder: Sendable {
    let scope: Scope
    let questioner: Questioner
    let settings: CensusSettings

    /// Addresses of one reverse zone up to which they are asked one by one, and no transfer is tried.
    private static let fewAddresses = 8

    /// Reads the zones, those found below them, and the reverse zones of the targets.
    func find(_ job: CensusJob) async throws(VaultError) -> NameFindings {
        var findings = NameFindings(limit: settings.records)
        for name in job.names where !name.hasPrefix("*.") {
            findings.origins[NameFindings.host(name), default: []].insert(.scope)
        }
        let (servers, faults) = try await questioner.answering()
        findings.faults += faults
        guard !servers.isEmpty else { return findings }
        var finder = self
        finder = NameFinder(scope: scope, questioner: questioner.asking(servers), settings: settings)
        try await finder.readZones(job, into: &findings)
        try await finder.readReverse(job, into: &findings)
        if findings.leftOut > 0 {
            let what = "\(findings.leftOut) name records more than the limit of \(settings.records) were not taken"
            findings.faults.append(Fault(what: what))
        }
        findings.remarks += ZoneRemarks(scope: scope, zones: job.zones.compactMap { DNSName($0) }).all(in: findings)
        return findings
    }

    private func readZones(_ job: CensusJob, into findings: inout NameFindings) async throws(VaultError) {
        var waiting = job.zones.compactMap { DNSName($0) }
        var seen: Set<DNSName> = []
        while !waiting.isEmpty, seen.count < settings.zones, !Task.isCancelled {
            let zone = waiting.removeFirst()
            guard seen.insert(zone).inserted, scope.permits(name: NameFindings.host(zone)) else { continue }
            var records = try await transfer(zone, origin: .zone, into: &findings)
            if records == nil { records = try await lookUp(zone, names: job.names, into: &findings) }
            for record in records ?? [] where record.type == .ns && record.owner != zone {
                if record.owner.isWithin(zone) { waiting.append(record.owner) }
            }
        }
        let left = waiting.filter { !seen.contains($0) }.count
        if left > 0, !Task.isCancelled {
            findings.faults.append(Fault(what: "\(left) zones more than the limit of \(settings.zones) were not read"))
        }
    }

    /// What can be asked of a zone that is not given whole: its own records, and names known or common.
    private func lookUp(
        _ zone: DNSName,
        names: [String],
        into findings: inout NameFindings
    ) async throws(VaultError) -> [DNSRecord] {
        var questions = [DNSType.soa, .ns, .mx, .txt, .a, .aaaa].map { DNSQuestion(zone, $0) }
        let known = names.compactMap { DNSName($0) }.filter { $0.isWithin(zone) && $0 != zone }
        let common = commonLabels.compactMap { DNSName(labels: [Array($0.utf8)] + zone.labels) }
        questions += Set(known + common).flatMap { [DNSQuestion($0, .a), DNSQuestion($0, .aaaa)] }
        let records = try await take(questions, origin: .zone, into: &findings)
        // The name servers' own addresses tell whether the delegation can be followed.
        let hosts = records.compactMap { record -> DNSName? in
            guard record.type == .ns || record.type == .mx else { return nil }
            return record.target.flatMap { $0.isWithin(zone) ? $0 : nil }
        }
        let more = Set(hosts).flatMap { [DNSQuestion($0, .a), DNSQuestion($0, .aaaa)] }
        return records + (try await take(more, origin: .zone, into: &findings))
    }

    /// Asks every server for the whole zone; nil when none gives it.
    private func transfer(
        _ zone: DNSName,
        origin: NameOrigin,
        into findings: inout NameFindings
    ) async throws(VaultError) -> [DNSRecord]? {
        var records: [DNSRecord]?
        for server in questioner.servers where !Task.isCancelled {
            let reply: DNSReply
            do {
                reply = try await questioner.gate.transferZone("\(zone)", from: server)
            } catch {
                // A server that will not give the zone often just closes; only what it said is worth keeping.
                if let seal = try await questioner.keep(error, from: server) {
                    findings.faults.append(Fault(what: "\(error)", seal: seal))
                }
                continue
            }
            guard !reply.answers.isEmpty else { continue }
            let seal = try await questioner.seal(reply)
            findings.add(reply.answers, seal: seal, origin: origin)
            if reply.isComplete {
                let what = "\(server) gives the whole zone \(zone) to anyone who asks (AXFR)"
                findings.remarks.append(Fault(what: what, seal: seal))
                records = records ?? reply.answers
            } else {
                findings.faults.append(Fault(what: "\(server): the transfer of \(zone) broke off", seal: seal))
            }
        }
        return records
    }

    /// The targets' names: reverse zones that are given whole are taken so, other addresses are asked one by one.
    private func readReverse(_ job: CensusJob, into findings: inout NameFindings) async throws(VaultError) {
        var blocks: [String: [IPAddress]] = [:]
        for address in job.targets.addresses {
            let labels = NameFindings.reverse(address).split(separator: ".")
            let zone = labels.dropFirst(address.family == .v4 ? 1 : 16).joined(separator: ".") + "."
            blocks[zone, default: []].append(address)
        }
        var single: [DNSQuestion] = []
        for (zone, addresses) in blocks.sorted(by: { $0.key < $1.key }) where !Task.isCancelled {
            guard let name = DNSName(zone) else { continue }
            if addresses.count > Self.fewAddresses {
                guard try await transfer(name, origin: .reverseZone, into: &findings) == nil else { continue }
            }
            single.append(DNSQuestion(name, .soa))
            single += addresses.compactMap { DNSName(NameFindings.reverse($0)).map { DNSQuestion($0, .ptr) } }
        }
        _ = try await take(single, origin: .reverseZone, into: &findings)
    }

    private func take(
        _ questions: [DNSQuestion],
        origin: NameOrigin,
        into findings: inout NameFindings
    ) async throws(VaultError) -> [DNSRecord] {
        let (answers, faults) = try await questioner.ask(questions)
        findings.faults += faults
        for answer in answers { findings.add(answer.records, seal: answer.seal, origin: origin) }
        return answers.flatMap(\.records)
    }
}

extension Questioner {
    /// The same, asking only those.
    func asking(_ servers: [Endpoint]) -> Questioner {
        Questioner(gate: gate, vault: vault, servers: servers, atOnce: atOnce)
    }
}

extension DNSRecord {
    /// The name that a record leads to.
    var target: DNSName? {
        switch content {
        case .name(let name): name
        case .mailExchange(_, let name): name
        default: nil
        }
    }
}
