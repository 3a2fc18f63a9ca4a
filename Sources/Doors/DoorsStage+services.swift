import Domain
import Scope

extension DoorsStage {
    /// What one service gave.
    struct ServiceResult: Sendable {
        var findings = ServiceFindings()
        /// Where doors of the service would stand; empty where it could not be reached.
        var examined: [WebAddress] = []
        var faults: [Fault] = []
    }

    /// The services that some check fits, each once.
    static func services(of job: DoorsJob) -> [ServiceSighting] {
        var seen: Set<Endpoint> = []
        return job.services.filter { service in
            serviceChecks.contains { $0.fits(service) } && seen.insert(service.endpoint).inserted
        }
    }

    func look(at services: [ServiceSighting], done: (Int) -> Void) async throws -> [ServiceResult] {
        var results: [(service: ServiceSighting, result: ServiceResult)] = []
        try await bounded(services, atOnce: limits.websites) { service throws(DoorsError) in
            (service, try await look(at: service))
        } each: { service, result in
            results.append((service, result))
            done(results.count)
        }
        return results.sorted { $0.service.endpoint < $1.service.endpoint }.map(\.result)
    }

    private func look(at service: ServiceSighting) async throws(DoorsError) -> ServiceResult {
        let visit = ServiceVisit(service, gate: gate, vault: vault)
        var result = ServiceResult()
        for check in serviceChecks where check.fits(service) {
            let findings = try await check.look(at: visit)
            result.findings.doors += findings.doors
            result.findings.rejections += findings.rejections
            if visit.faults.isEmpty, !Task.isCancelled { result.examined.append(visit.address(check.scheme)) }
        }
        result.faults = visit.faults
        return result
    }
}
