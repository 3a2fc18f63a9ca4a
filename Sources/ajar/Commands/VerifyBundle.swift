import ArgumentParser
import Domain
import Vault

/// The part of `ajar verify` that checks a bundle instead of a case.
struct VerifyBundle {
    let path: String
    let options: CaseOptions

    func run() async throws {
        let (path, quiet) = (CaseFolder.absolute(path), options.quiet)
        let report = try await Interruption.guarding {
            let progress = ProgressReport("verify", isQuiet: quiet)
            defer { progress.finish() }
            return try await Vault.verify(bundle: path) { progress.show($0) }
        }
        try Output.print(report.text, or: report, asJSON: options.json)
        guard report.isSound else { throw ExitCode(Complaint.Code.data.rawValue) }
    }
}

extension BundleReport {
    fileprivate var text: String { lines.map(\.shown).joined(separator: "\n") }

    private var lines: [String] {
        let checked = "\(items) items are proven, \(files) files with \(bytes) bytes checked."
        let absent = missing == 0 ? [] : ["The bytes of \(missing) items are not in the bundle, and it says so."]
        let encrypted =
            locked == 0
            ? []
            : [
                "Of \(locked) of them it has the bytes encrypted, as the ledger says; `ajar unlock --bundle` opens them."
            ]
        guard !isSound else {
            return ["Every item is what was sealed. " + checked] + absent + encrypted + signature
        }
        let told = faults.map { fault in
            let leaf = fault.leaf.map { ", leaf \($0)" } ?? ""
            return "\(fault.file)\(leaf): \(fault.what). Affects: \(fault.affects). Still sound: \(fault.sound)."
        }
        let more = faultCount > UInt64(faults.count) ? ["and \(faultCount - UInt64(faults.count)) more"] : []
        return ["\(faultCount) faults. " + checked] + told + more + absent + encrypted + signature
    }

    private var signature: [String] {
        guard let origin, let key else { return ["No signature is good."] }
        return [
            "Signed by \(origin), \(signed) leaves. Its key, to compare with one you had another way:", key,
        ]
    }
}
