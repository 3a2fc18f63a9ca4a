import Domain

struct MethodBlock {
    struct Stage {
        var name: String
        var runs: Int
        var complete: Int
        var reasons: String
    }

    struct DataLine {
        var name: String
        var purpose: String
        var licence: String
        var date: String
        var digest: String
    }

    var versions: String
    var vantages: String
    var addresses: String
    var ports: String
    var authority: String
    var contact: String
    var level: String
    var stages: [Stage]
    var hasData: Bool
    var data: [DataLine]
    var hasRemarks: Bool
    var remarks: [String]
    var faults: String
    var limits: [String]
    var checkpoint: String?

    init(_ method: Method) {
        versions = method.toolVersions.joined(separator: ", ")
        vantages = method.vantages.joined(separator: ", ")
        addresses = method.addresses.grouped
        ports = method.ports.map(String.init).joined(separator: ", ")
        authority = method.authority ?? "none stated"
        contact = method.contact
        level = method.level.rawValue
        faults = method.faults.grouped
        hasData = !method.dataSources.isEmpty
        hasRemarks = !method.remarks.isEmpty
        remarks = method.remarks.map { PathName(bytes: $0.utf8).display }
        limits = method.limits
        checkpoint = method.checkpoint
        stages = method.stages.map {
            Stage(
                name: $0.stage.rawValue,
                runs: $0.runs,
                complete: $0.complete,
                reasons: $0.reasons.joined(separator: "; ").shown
            )
        }
        data = method.dataSources.map {
            DataLine(
                name: $0.name,
                purpose: $0.purpose.rawValue,
                licence: $0.licence,
                date: $0.date?.description ?? "undated",
                digest: $0.digest.description
            )
        }
    }
}
