import Domain
import Scope

extension DoorsStage {
    /// What one service gave.
    struct ServiceResult: Sendable {
        var endpoint: Endpoint
        var findings = ServiceFindings()
        /// Where doors of the service would stand; empty where it could not be reached.
        var examined: [WebAddress] = []
        var faults: [Fault] = []
        var isCutShort = false
    }

    /// The services that some check fits, each once.
    static func services(of job: DoorsJob) -> [ServiceSighting] {
        var seen: Set<Endpoint> = []
        return job.services.filter { service in
            serviceChecks.contains { $0.fits(service) } && seen.insert(service.endpoint).inserted
        }
    }

    func look(at service: ServiceSighting) async throws(DoorsError) -> ServiceResult {
        let visit = ServiceVisit(service, gate: gate, vault: vault, limits: limits)
        var result = ServiceResult(endpoint: service.endpoint)
        for check in serviceChecks where check.fits(service) {
            let findings = try await check.look(at: visit)
            result.findings.doors += findings.doors
            result.findings.rejections += findings.rejections
            // What was not understood, or broke off, says nothing of doors that were seen before.
            let isWhole = visit.faults.isEmpty && !visit.isCutShort && !Task.isCancelled
            if isWhole, findings.isConclusive { result.examined.append(visit.address(check.scheme)) }
        }
        result.faults = visit.faults
        result.isCutShort = visit.isCutShort
        return result
    }
}
