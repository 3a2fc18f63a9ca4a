package import Domain

/// How it was done, and what was not looked at.
package struct Method: Sendable, Encodable {
    package struct StageSummary: Sendable, Encodable {
        package var stage: StageName
        package var runs: Int
        package var complete: Int
        /// The reasons of the incomplete ones, each once.
        package var reasons: [String]
    }

    package var toolVersions: [String]
    package var vantages: [String]
    package var addresses: Int
    package var ports: [UInt16]
    package var authority: String?
    package var contact: String
    package var level: CollectionLevel
    package var stages: [StageSummary]
    package var dataSources: [DataSource]
    /// Oddities of zones, certificates and services.
    package var remarks: [String]
    /// What was met and could not be used: how often.
    package var faults: Int
    /// What no run looked at, in sentences.
    package var limits: [String]
    package var checkpoint: String?

    init(
        context: ReportContext,
        runs: [Run],
        dataSources: [DataSource],
        remarks: [Fault],
        faults: Int,
        limits: [String]
    ) {
        toolVersions = Set(runs.map(\.toolVersion)).sorted()
        vantages = Set(runs.map(\.vantage)).sorted()
        addresses = context.addresses.count
        ports = context.ports
        authority = context.authority
        contact = context.contact
        level = context.level
        checkpoint = context.checkpoint
        self.dataSources = dataSources
        self.remarks = Set(remarks.map(\.what)).sorted()
        self.faults = faults
        self.limits = limits
        stages = StageName.allCases.compactMap { stage in
            let runs = runs.filter { $0.stage == stage }
            guard !runs.isEmpty else { return nil }
            let reasons = runs.compactMap { run in
                if case .incomplete(let reason) = run.completeness { reason } else { nil }
            }
            return StageSummary(
                stage: stage,
                runs: runs.count,
                complete: runs.filter { $0.completeness == .complete }.count,
                reasons: Set(reasons).sorted()
            )
        }
    }
}
