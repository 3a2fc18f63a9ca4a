import Catalogue
import Census
import Domain
import Foundation

/// A catalogue that scan files are read into, as `ajar import` does but for the sealing.
struct BenchBook {
    let path: String
    private let catalogue: Catalogue
    private var leaf: UInt64 = 0
    /// Open ports taken in so far.
    private(set) var observations = 0

    init(path: String) throws {
        self.path = path
        catalogue = try Catalogue(path: path)
    }

    /// The bytes of the catalogue's file.
    var size: Int {
        (try? FileManager.default.attributesOfItem(atPath: path)[.size] as? Int) ?? 0
    }

    /// Reads a file in pieces, codes its outcome as it is sealed, and records it.
    mutating func take(_ text: [UInt8], name: String) throws {
        var reader = ScanReader(name: name)
        for start in stride(from: 0, to: text.count, by: 1 << 20) {
            try reader.feed(Array(text[start..<min(start + 1 << 20, text.count)]))
        }
        let (report, draft) = try reader.finish()
        observations += report.open.ports.count
        leaf += 2
        guard let digest = Digest(bytes: (0..<32).map { UInt8(truncatingIfNeeded: leaf >> UInt64($0 % 8 * 8)) }) else {
            return
        }
        let run = Run(
            id: RunID("import-\(leaf)"),
            stage: .imports,
            started: Timestamp(seconds: 1_700_000_000),
            completeness: .complete,
            scope: digest,
            settings: [:],
            vantage: "",
            toolVersion: ajarVersion,
            clockWasSimulated: true
        )
        let outcome = ImportOutcome(
            job: JobID(run: run.id, part: 0),
            run: run.id,
            completeness: .complete,
            file: Seal(leaf: leaf, record: "", payload: digest, length: UInt64(text.count)),
            name: name,
            vantage: "",
            format: reader.formatName ?? "",
            sameness: ImportStage.sameness(of: report),
            lines: draft.lines,
            passedOver: draft.passedOver,
            report: report,
            faults: draft.faults,
            during: TimeBounds(at: run.started)
        )
        let sealed = StageOutcome.imports(outcome)
        guard try JSONEncoder().encode(sealed).count > 0 else { return }
        try Recorder(catalogue).record(started: run, leaf: leaf - 1)
        try Recorder(catalogue).record(sealed, seal: Seal(leaf: leaf, record: "", payload: nil, length: 0))
    }

    /// Closes the catalogue, which brings its log into the file.
    func settle() throws { try catalogue.close() }
}

/// The same numbers on every machine.
struct BenchNumbers {
    private var state: UInt64

    init(_ seed: UInt64) { state = seed }

    /// Below `limit`.
    mutating func next(_ limit: UInt64) -> UInt64 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return (state >> 33) % limit
    }
}
