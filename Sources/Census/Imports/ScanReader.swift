package import Domain

/// Reads a scan file piece by piece, in whatever known form it is.
package struct ScanReader: Sendable {
    /// Bytes that tell the form.
    package static let openingLength = 4_096

    private let name: String
    private let hints: ImportHints
    private var opening: [UInt8] = []
    private var format: (any ScanFormat)?
    private var cutter = LineCutter()
    private var draft: ScanDraft

    /// `name` is what faults call the file.
    package init(name: String, hints: ImportHints = ImportHints(), mostOpenPorts: Int = ImportLimits.openPorts) {
        self.name = name
        self.hints = hints
        draft = ScanDraft(name: name, mostOpenPorts: mostOpenPorts)
    }

    /// Reads bytes as a form whatever they begin with; nil looks for it.
    package init(name: String, as form: (any ScanFormat.Type)?) {
        self.init(name: name)
        format = form?.init(hints: ImportHints())
    }

    /// What the file is, once its beginning was read.
    package var formatName: String? { format.map { type(of: $0).name } }

    package mutating func feed(_ piece: [UInt8]) throws(ImportError) {
        guard format == nil else { return read(piece) }
        opening += piece
        if opening.count >= Self.openingLength { try begin() }
    }

    /// What the whole file says, with what was not understood.
    package mutating func finish() throws(ImportError) -> (report: ScanReport, draft: ScanDraft) {
        if format == nil { try begin() }
        cut { cutter, take in cutter.finish(each: take) }
        guard var format else { throw ImportError(.empty, "holds nothing", at: name) }
        var report = format.finish(&draft)
        draft.fill(&report)
        return (report, draft)
    }

    /// Whether a file that begins so is a scan at all; an error says why it is none.
    package static func check(_ opening: some Sequence<UInt8>, name: String) throws(ImportError) {
        var reader = ScanReader(name: name)
        reader.opening = Array(opening)
        try reader.begin()
    }

    private mutating func begin() throws(ImportError) {
        let bytes = opening.starts(with: [0xef, 0xbb, 0xbf]) ? opening[3...] : opening[...]
        try check(bytes)
        guard let form = scanFormats.first(where: { $0.recognises(bytes) }) else {
            let line = PathName(bytes: bytes.prefix { $0 != 0x0a }.prefix(60)).display
            throw ImportError(
                .unknownForm,
                "in no form that is known (\(Self.forms)); it begins: \(line)",
                at: name + ":1"
            )
        }
        format = form.init(hints: hints)
        let mark = opening.count - bytes.count
        cutter = LineCutter(offset: UInt64(mark))
        read(Array(bytes))
        opening = []
    }

    private static var forms: String { scanFormats.map { $0.name }.joined(separator: ", ") }

    /// What no format could make sense of.
    private func check(_ bytes: ArraySlice<UInt8>) throws(ImportError) {
        guard bytes.contains(where: { $0 > 0x20 }) else { throw ImportError(.empty, "holds nothing", at: name + ":1") }
        let packings: [(String, [UInt8])] = [
            ("gzip", [0x1f, 0x8b]), ("bzip2", Array("BZh".utf8)), ("xz", [0xfd, 0x37, 0x7a, 0x58, 0x5a]),
            ("zstd", [0x28, 0xb5, 0x2f, 0xfd]), ("zip", Array("PK\u{3}\u{4}".utf8)),
        ]
        if let packing = packings.first(where: { bytes.starts(with: $0.1) }) {
            throw ImportError(.packed, "packed with \(packing.0); unpack it first", at: name + ":1")
        }
        let marks: [(String, [UInt8])] = [("UTF-16", [0xff, 0xfe]), ("UTF-16", [0xfe, 0xff])]
        if let mark = marks.first(where: { bytes.starts(with: $0.1) }) {
            throw ImportError(.encoding, "is text in \(mark.0); convert it to UTF-8, as with iconv", at: name + ":1")
        }
        guard let null = bytes.firstIndex(of: 0) else { return }
        let line = bytes[..<null].count(where: { $0 == 0x0a }) + 1
        throw ImportError(.encoding, "is no text in UTF-8: a byte of zero stands at \(null)", at: "\(name):\(line)")
    }

    private mutating func read(_ piece: [UInt8]) {
        cut { cutter, take in cutter.feed(piece, each: take) }
    }

    /// Runs the cutter over the format and the draft, which are out of this value meanwhile: they are not copied so.
    private mutating func cut(_ run: (inout LineCutter, (ScanLine, Int) -> Void) -> Void) {
        guard var format else { return }
        self.format = nil
        var (cutter, draft) = (LineCutter(), ScanDraft(name: name))
        swap(&cutter, &self.cutter)
        swap(&draft, &self.draft)
        run(&cutter) { line, dropped in
            draft.count(line)
            if dropped > 0 { draft.fault(line, "is over \(ImportLimits.line) bytes long; \(dropped) were left out") }
            format.read(line, into: &draft)
        }
        self.format = format
        self.cutter = cutter
        self.draft = draft
    }
}
