import ArgumentParser
import Domain
import Foundation
import Wire

/// `ajar listing`: what a saved page says. Contacts nothing.
struct ListingCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "listing",
        abstract: "Say what a saved listing of a folder says, and which format it is read as.",
        discussion: """
            Contacts nothing. What is no listing ends with 65. What LIST and MLSD of FTP answered is read as such where \
            --base is an ftp address, or where it is no page; dates without a year are the last ones before the file was \
            written.
            """
    )

    @Argument(help: "The listing: HTML, XML, JSON, or rows of FTP, as a server sent it.", completion: .file())
    var file: String

    @Option(help: "The address that it was fetched from, which its links are held against.")
    var base: String = "http://localhost/"

    @Option(help: "The media type that it came with; else its first bytes tell.")
    var type: String?

    @Flag(help: "Print JSON.")
    var json = false

    /// Larger pages are refused: collection reads no more of a listing either.
    private static let longest = CollectLimits().listingBytes

    func validate() throws {
        guard WebAddress(base) != nil else { throw ValidationError("\(base) is no address such as http://host/path/") }
    }

    func run() async throws {
        let path = CaseFolder.absolute(file)
        guard let handle = FileHandle(forReadingAtPath: path) else {
            throw Complaint(.noInput, "cannot read \(path)")
        }
        guard var folder = WebAddress(base) else { throw Complaint(.usage, "\(base) is no address") }
        folder.target = String(folder.path.prefix(through: folder.path.lastIndex(of: "/") ?? folder.path.startIndex))
        var page = ListingReader(at: folder, as: type.flatMap(ListingReader.Form.init(mediaType:)))
        var rows = FTPListingReader(fetched: try Self.written(path))
        var length = 0
        while let piece = try Self.piece(of: handle, path), !piece.isEmpty {
            length += piece.count
            guard length <= Self.longest else {
                throw Complaint(.data, "\(path) is longer than \(Self.longest >> 20) MiB")
            }
            if folder.scheme != .ftp { page.feed(piece) }
            rows.feed(piece)
        }
        let isEmpty = rows.rowCount == 0
        guard let reading = page.finishReading() ?? (isEmpty ? nil : rows.finishReading()) else {
            let system = rows.foreign.map { ": it looks like one of \($0)" } ?? ""
            throw Complaint(.data, "\(path) is no listing of a format that is known\(system)")
        }
        let said = ListingReport(reading, at: folder)
        try Output.print(said.text, or: said, asJSON: json)
    }

    private static func written(_ path: String) throws -> Timestamp {
        do {
            let values = try URL(filePath: path).resourceValues(forKeys: [.contentModificationDateKey])
            return Timestamp(seconds: Int64(values.contentModificationDate?.timeIntervalSince1970 ?? 0))
        } catch {
            throw Complaint(.noInput, "cannot read \(path): \(error.localizedDescription)")
        }
    }

    private static func piece(of handle: FileHandle, _ path: String) throws -> Data? {
        do { return try handle.read(upToCount: 1 << 16) } catch {
            throw Complaint(.noInput, "cannot read \(path): \(error.localizedDescription)")
        }
    }
}

extension ListingReader.Form {
    /// `text/html`, `application/json; charset=utf-8`; nil for what says neither.
    fileprivate init?(mediaType: String) {
        let type = mediaType.prefix { $0 != ";" && $0 != " " }.lowercased()
        if type.hasSuffix("json") {
            self = .json
        } else if type.hasSuffix("xml") || type.hasSuffix("html") {
            self = .markup
        } else {
            return nil
        }
    }
}
