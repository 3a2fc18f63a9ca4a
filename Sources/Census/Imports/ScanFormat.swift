package import Domain

/// A form in which a scanner writes down what it saw. A new one is a file in `Formats` and a line in ``scanFormats``.
///
/// A format reads lines in order and notes what they say in the draft. It never throws: what it does not understand it
/// notes as a fault with its line. It claims no port to be closed that it does not know to have been asked, and takes
/// nothing from a last line without an end, which may be half of one.
package protocol ScanFormat: Sendable {
    /// As people call it, such as `nmap -oN`.
    static var name: String { get }

    /// Whether a file that begins so is of this form.
    static func recognises(_ opening: ArraySlice<UInt8>) -> Bool

    init(hints: ImportHints)

    mutating func read(_ line: ScanLine, into draft: inout ScanDraft)

    /// What the file says as a whole; called once, after the last line.
    mutating func finish(_ draft: inout ScanDraft) -> ScanReport
}

/// Every form that can be read, in the order in which they are tried.
package let scanFormats: [any ScanFormat.Type] = [
    NmapXML.self, NmapNormal.self, GrepableScan.self, MasscanList.self, MasscanJSON.self, ZgrabLines.self, ZmapCSV.self,
]
