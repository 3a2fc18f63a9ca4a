import Domain
import Foundation
import Identify
import Wire

/// What a page lists, for people and for programs.
struct ListingReport: Encodable {
    struct Entry: Encodable {
        /// The link, with what is no printable ASCII percent-encoded.
        var link: String
        /// The name's bytes, percent-encoded.
        var name: PathName
        /// The name as text, and the encoding that was guessed.
        var text: String
        var encoding: String
        var kind: String
        var size: Size?
        var modified: Time?
        /// Where a request for it goes, when it lies directly below the base.
        var target: String?
    }

    struct Size: Encodable {
        var atLeast: UInt64
        var atMost: UInt64
        var isExact: Bool
    }

    struct Time: Encodable {
        var notBefore: Timestamp?
        var notAfter: Timestamp?
        /// How many seconds wide the page shows it.
        var grain: Int64
        /// Seconds east of UTC; none where the page does not say.
        var zone: Int64?
    }

    /// The name of the format that the page was read as.
    var parser: String
    /// Whether such a page shows all that a folder holds; a reading by structure alone does not.
    var isExhaustive: Bool
    var isComplete: Bool
    var base: WebAddress
    var files: Int
    var folders: Int
    /// What to ask with for the rest.
    var continuation: String?
    /// Links that do not lead to something directly below the base.
    var outside: Int
    /// Rows in no form that is known.
    var unread: Int
    var entries: [Entry]

    init(_ reading: ListingReading, at base: WebAddress) {
        parser = reading.format
        isExhaustive = reading.isExhaustive
        isComplete = reading.isComplete
        self.base = base
        continuation = reading.entries.continuation?.bytes.map { String(decoding: $0, as: UTF8.self) }
        let folder = ListedFolder(base, base.scheme == .ftp ? .segments : .links)
        entries = reading.entries.map { Entry($0, in: folder) }
        folders = entries.count { $0.kind == "folder" }
        files = entries.count { $0.kind == "file" }
        unread = reading.entries.unread
        outside = entries.count { $0.target == nil }
    }

    var text: String {
        var table = TextTable(header: ["KIND", "NAME", "SIZE", "MODIFIED", "ENCODING"])
        for entry in entries {
            table.rows.append([
                entry.kind, entry.text, entry.size.map(\.words) ?? "", entry.modified.map(\.words) ?? "",
                entry.encoding,
            ])
        }
        var sums = "\(files) files, \(folders) folders, read as \(parser)"
        if !isExhaustive { sums += ", by structure: what it does not show is not known to be gone" }
        if unread > 0 { sums += "; \(unread) rows are in no form that is known" }
        if !isComplete { sums += "; the page is not whole" }
        if outside > 0 { sums += "; \(outside) lead elsewhere than directly below \(base)" }
        return table.text + "\n" + sums
    }
}

extension ListingReport.Entry {
    fileprivate init(_ entry: ListedEntry, in folder: ListedFolder) {
        let decoded = DecodedName(entry.name)
        link = entry.reference.shownAsLink
        name = entry.name
        text = decoded.text
        encoding = decoded.encoding
        kind = entry.isLink ? "link" : entry.isFolder ? "folder" : "file"
        size =
            entry.isFolder
            ? nil : entry.columns.size.map { .init(atLeast: $0.atLeast, atMost: $0.atMost, isExact: $0.isExact) }
        modified = entry.columns.time.map {
            .init(notBefore: $0.bounds.notBefore, notAfter: $0.bounds.notAfter, grain: $0.grain, zone: $0.zone)
        }
        target = folder.target(of: entry)
    }
}

extension ListingReport.Size {
    fileprivate var words: String { isExact ? "\(atLeast)" : "\(atLeast) to \(atMost)" }
}

extension ListingReport.Time {
    /// As the page shows it, with `Z` where the zone is known.
    fileprivate var words: String {
        guard let notBefore else { return "" }
        let text = "\(notBefore.adding(seconds: zone == nil ? ListedTime.widestZone : 0))"
        let length = grain == 86_400 ? 10 : grain == 60 ? 16 : 19
        return String(text.prefix(length)).replacing("T", with: " ") + (zone == nil ? "" : "Z")
    }
}

extension [UInt8] {
    fileprivate var shownAsLink: String {
        var text = ""
        for byte in self {
            if (0x21...0x7e).contains(byte) {
                text.unicodeScalars.append(UnicodeScalar(byte))
            } else {
                text += PathName(bytes: [byte]).description
            }
        }
        return text
    }
}
