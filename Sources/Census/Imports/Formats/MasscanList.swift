package import Domain

/// masscan's list (`-oL`): `open tcp 80 192.0.2.1 1631059200`.
///
/// It tells neither which addresses nor which ports were asked; the user may. The run's times are those of its first and
/// its last answer.
package struct MasscanList: ScanFormat {
    package static let name = "masscan -oL"

    private let hints: ImportHints
    private var times = AnswerTimes()
    private var isFinished = false

    package static func recognises(_ opening: ArraySlice<UInt8>) -> Bool {
        opening.starts(with: "#masscan".utf8)
            || ["open tcp ", "open udp ", "closed tcp "].contains { opening.starts(with: $0.utf8) }
    }

    package init(hints: ImportHints) {
        self.hints = hints
    }

    package mutating func read(_ line: ScanLine, into draft: inout ScanDraft) {
        if line.hasPrefix("#") {
            if line.hasPrefix("# end") { isFinished = true }
            return draft.passOver(line)
        }
        if line.isBlank { return draft.passOver(line) }
        guard line.isWhole else { return draft.notUnderstood(line) }
        var fields = FieldCutter(line.bytes)
        guard let state = fields.next(), let kind = fields.next(), let port = fields.next()?.number,
            let address = fields.next()?.address, let transport = Transport(bytes: kind), (1...65_535).contains(port)
        else { return draft.notUnderstood(line) }
        if let second = fields.next()?.number { times.note(second) }
        if state.elementsEqual("open".utf8) {
            draft.see(address, UInt16(port), transport, at: line)
        } else if state.elementsEqual("closed".utf8) {
            draft.sheet(address, transport) {
                $0.presence = .answered
                $0.closed = $0.closed.union(PortSet(CollectionOfOne(UInt16(port))))
            }
        } else if state.elementsEqual("banner".utf8) {
            draft.passOver(line)
        } else {
            draft.notUnderstood(line)
        }
    }

    package mutating func finish(_ draft: inout ScanDraft) -> ScanReport {
        times.report(tool: "masscan", isFinished: isFinished, hints)
    }
}
