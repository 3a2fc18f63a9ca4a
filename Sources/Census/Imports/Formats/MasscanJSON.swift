package import Domain

/// masscan's JSON (`-oJ`): an object a line, of an array that old versions do not end as JSON would.
package struct MasscanJSON: ScanFormat {
    package static let name = "masscan -oJ"

    private let hints: ImportHints
    private var times = AnswerTimes()
    private var isFinished = false

    package static func recognises(_ opening: ArraySlice<UInt8>) -> Bool {
        let start = opening.drop { $0 <= 0x20 || $0 == UInt8(ascii: "[") || $0 == UInt8(ascii: ",") }
        let text = String(decoding: start.prefix(300), as: UTF8.self)
        return text.hasPrefix("{") && text.contains("\"ip\"") && text.contains("\"ports\"")
            && !text.contains("\"data\"")
    }

    package init(hints: ImportHints) {
        self.hints = hints
    }

    package mutating func read(_ line: ScanLine, into draft: inout ScanDraft) {
        var bytes = line.bytes.drop { $0 <= 0x20 || $0 == UInt8(ascii: "[") || $0 == UInt8(ascii: ",") }
        while let last = bytes.last, last <= 0x20 || last == UInt8(ascii: ",") { bytes.removeLast() }
        if bytes.elementsEqual("]".utf8) {
            isFinished = true
            return draft.passOver(line)
        }
        if bytes.last == UInt8(ascii: "]"), bytes.first == UInt8(ascii: "{") {
            isFinished = true
            bytes.removeLast()
            while let last = bytes.last, last <= 0x20 { bytes.removeLast() }
        }
        guard !bytes.isEmpty else { return draft.passOver(line) }
        if bytes.starts(with: "{finished".utf8) || bytes.starts(with: "{ finished".utf8) {
            isFinished = true
            return draft.passOver(line)
        }
        guard let object = JSONLine(bytes), let address = object.text("ip").flatMap({ IPAddress($0) }) else {
            return draft.notUnderstood(line)
        }
        if let second = object.text("timestamp").flatMap({ UInt64($0.filter { !$0.isWhitespace }) }) {
            times.note(second)
        }
        readPorts(object, address, line, &draft)
    }

    private func readPorts(_ object: JSONLine, _ address: IPAddress, _ line: ScanLine, _ draft: inout ScanDraft) {
        var index = 0
        while let number = object.text("ports.\(index).port") {
            defer { index += 1 }
            guard let port = UInt16(number), port > 0,
                let transport = object.text("ports.\(index).proto").flatMap({ Transport(rawValue: $0) })
            else {
                draft.notUnderstood(line)
                continue
            }
            let status = object.text("ports.\(index).status")
            if status == "closed" {
                draft.sheet(address, transport) {
                    $0.presence = .answered
                    $0.closed = $0.closed.union(PortSet(CollectionOfOne(port)))
                }
            } else if status == "open" || object.text("ports.\(index).service.name") != nil {
                draft.see(address, port, transport, at: line)
            } else {
                draft.notUnderstood(line)
            }
        }
        if index == 0 { draft.notUnderstood(line) }
    }

    package mutating func finish(_ draft: inout ScanDraft) -> ScanReport {
        times.report(tool: "masscan", isFinished: isFinished, hints)
    }
}
