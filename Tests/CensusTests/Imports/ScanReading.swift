import Census
import Domain

/// A scan file as it was read.
struct ScanReading {
    var form: String
    var report: ScanReport
    var draft: ScanDraft

    init(_ text: String, hints: ImportHints = ImportHints(), piece: Int = 1 << 16) throws(ImportError) {
        try self.init(Array(text.utf8), hints: hints, piece: piece)
    }

    init(_ bytes: [UInt8], hints: ImportHints = ImportHints(), piece: Int = 1 << 16) throws(ImportError) {
        var reader = ScanReader(name: "sample", hints: hints)
        for start in stride(from: 0, to: bytes.count, by: piece) {
            try reader.feed(Array(bytes[start..<min(start + piece, bytes.count)]))
        }
        (report, draft) = try reader.finish()
        form = reader.formatName ?? ""
    }

    /// What is open, as text.
    var open: [String] {
        report.open.ports.map { seen in
            let identity = report.identities[seen.identity].words
            return "\(ServiceKey(seen.endpoint, seen.transport)) \(identity)"
        }
    }

    func sheet(_ address: String) -> HostSheet? {
        report.hosts.first { "\($0.address)" == address && $0.transport == .tcp }.map { report.sheets[$0.sheet] }
    }

    var faults: [String] { draft.faults.map(\.what) }
}
