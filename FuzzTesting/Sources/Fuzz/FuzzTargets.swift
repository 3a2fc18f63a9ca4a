import Domain
import Imports
import Locks
import Templates
import Trace
import Wire

/// One parser with the bytes it is given. It must end, whatever they are: a trap is a finding.
struct FuzzTarget: Sendable {
    /// The parser's type, by which a test of the main package looks for it.
    var name: String
    var run: @Sendable ([UInt8]) -> Void

    init(_ name: String, _ run: @escaping @Sendable ([UInt8]) throws -> Void) {
        self.name = name
        // What a parser refuses is its answer, not a finding.
        self.run = { bytes in do { try run(bytes) } catch { return } }
    }
}

/// Every parser of strangers' bytes. A new one is a line here.
let fuzzTargets: [FuzzTarget] = [
    FuzzTarget("BSONDocument") { _ = try BSONDocument(parsing: $0) },
    FuzzTarget("ByteReader") { bytes in
        var reader = ByteReader(bytes.dropFirst(), at: Int(bytes.first ?? 0), upTo: Int(bytes.last ?? 0))
        while !reader.isAtEnd {
            _ = try (reader.readUInt8(), reader.readUInt16(), reader.readBytes(reader.remaining / 2))
        }
    },
    FuzzTarget("CodedReply") { _ = try CodedReply(parsing: $0) },
    FuzzTarget("DNSMessage") { _ = try DNSMessage(parsing: $0) },
    FuzzTarget("DNSName") { _ = DNSName(String(decoding: $0, as: UTF8.self))?.description },
    FuzzTarget("ExpressionParser") { bytes in
        let data = Bindings(["body": .text(bytes), "status_code": Value(200)])
        _ = try data.value(of: ExpressionParser.parse(String(decoding: bytes, as: UTF8.self)))
    },
    FuzzTarget("FTPFacts") { _ = FTPFacts(parsing: $0[...]) },
    FuzzTarget("FTPListingReader") { bytes in
        var (whole, parts) = (
            FTPListingReader(fetched: Timestamp(seconds: 0)), FTPListingReader(fetched: Timestamp(seconds: 0))
        )
        whole.feed(bytes)
        for byte in bytes { parts.feed([byte]) }
        let (reading, joined) = (whole.finishReading(), parts.finishReading())
        precondition(
            reading?.entries.map(\.name) == joined?.entries.map(\.name),
            "the rows depend on where the bytes were cut"
        )
        precondition(reading?.isWhole == joined?.isWhole)
        let folder = ListedFolder(WebAddress(scheme: .ftp, host: "files.example", target: "/data/"), .segments)
        guard let reading, let listing = Listing(reading, of: folder) else { return }
        for row in listing.rows {
            precondition(!row.name.bytes.contains(UInt8(ascii: "/")), "a row's name is a path")
            precondition(row.target.hasPrefix("/data/"), "a row leads out of its folder")
        }
    },
    FuzzTarget("FTPReply") { bytes in
        let reply = try FTPReply(parsing: bytes)
        _ = (
            reply.features, reply.dataPort, reply.folder, reply.size, reply.modified, reply.facts, reply.words,
            FTPFeatures(reply)
        )
    },
    FuzzTarget("GrepableScan") { try readScan($0, as: GrepableScan.self) },
    FuzzTarget("HTMLPage") { _ = HTMLPage($0) },
    FuzzTarget("HTMLTokenizer") { bytes in
        var (whole, parts) = (HTMLTokenizer(), HTMLTokenizer())
        let tokens = whole.feed(bytes) + whole.finish()
        let middle = bytes.count / 2
        let joined = parts.feed(bytes[..<middle]) + parts.feed(bytes[middle...]) + parts.finish()
        precondition("\(tokens)" == "\(joined)", "the tokens depend on where the bytes were cut")
    },
    FuzzTarget("HTTPDate") { _ = HTTPDate.parse(String(decoding: $0, as: UTF8.self)) },
    FuzzTarget("HTTPHead") { bytes in
        _ = HTTPHead.end(in: bytes)
        _ = try HTTPHead(parsing: bytes)
    },
    FuzzTarget("JSONParser") { _ = try JSONParser.parse($0).shown },
    FuzzTarget("JSONQuery") { bytes in
        let parts = bytes.split(separator: 0, maxSplits: 1)
        guard let query = parts.first, let document = parts.last else { return }
        _ = try JSONQuery(String(decoding: query, as: UTF8.self)).values(in: JSONParser.parse(Array(document)))
    },
    FuzzTarget("JSONTokenizer") { bytes in
        var (whole, parts) = (JSONTokenizer(), JSONTokenizer())
        let tokens = whole.feed(bytes)
        let middle = bytes.count / 2
        let joined = parts.feed(bytes[..<middle]) + parts.feed(bytes[middle...])
        precondition(tokens == joined, "the tokens depend on where the bytes were cut")
    },
    FuzzTarget("ListedColumns") { _ = ListedColumns($0) },
    FuzzTarget("ListingReader") { bytes in
        let folder = WebAddress(scheme: .http, host: "files.example", target: "/data/")
        guard let listing = ListingReader.read(bytes, at: folder) else { return }
        for row in listing.rows {
            precondition(!row.name.bytes.contains(UInt8(ascii: "/")), "a row's name is a path")
            precondition(row.target.hasPrefix("/data/"), "a row leads out of its folder")
        }
    },
    FuzzTarget("ListedFolder") { bytes in
        let folders = [
            ("/data/?dir=a%2Fb&lang=en", ListedFolder.Form.links), ("/b/", .keys(prefix: [])),
            ("/b/", .keys(prefix: Array("a/".utf8))), ("/api/fs/list?path=/a", nil),
            ("/index.php?share/pathList&sid=1&path=/a/", nil),
        ]
        for (target, form) in folders {
            let address = WebAddress(scheme: .http, host: "files.example", target: target)
            let interface =
                ListedInterface(format: "alist", at: address) ?? ListedInterface(format: "kodexplorer", at: address)
            guard let form = form ?? interface.map({ .names($0) }) else {
                preconditionFailure("\(target) is no folder")
            }
            var reader = ListingReader(in: ListedFolder(address, form))
            reader.feed(bytes)
            guard let listing = reader.finish() else { continue }
            for row in listing.rows {
                precondition(!row.name.bytes.contains(UInt8(ascii: "/")), "a row's name is a path")
                precondition(row.target.hasPrefix("/"), "a row leads to another server")
                precondition(row.target.utf8.allSatisfy { (0x21...0x7e).contains($0) }, "a target cannot be sent")
            }
        }
    },
    FuzzTarget("LockHeader") { tryLockHeader($0) },
    FuzzTarget("LogScan") { bytes in
        var scan = LogScan()
        for piece in stride(from: 0, to: bytes.count, by: 97) {
            scan.read(Array(bytes[piece..<min(piece + 97, bytes.count)]))
        }
        scan.finish()
        _ = scan.visits.visits()
    },
    FuzzTarget("MasscanJSON") { try readScan($0, as: MasscanJSON.self) },
    FuzzTarget("MasscanList") { try readScan($0, as: MasscanList.self) },
    FuzzTarget("MongoMessage") { _ = try MongoMessage(parsing: $0) },
    FuzzTarget("NFSExports") { _ = try NFSExports(parsing: $0) },
    FuzzTarget("NmapNormal") { try readScan($0, as: NmapNormal.self) },
    FuzzTarget("NmapXML") { try readScan($0, as: NmapXML.self) },
    FuzzTarget("Pattern") { bytes in
        let parts = bytes.split(separator: 0, maxSplits: 1)
        guard let pattern = parts.first, let text = parts.last else { return }
        _ = try Pattern(String(decoding: pattern, as: UTF8.self)).found(in: Array(text))
    },
    FuzzTarget("RPCReply") { _ = try RPCReply(parsing: $0) },
    FuzzTarget("RsyncGreeting") { _ = try RsyncGreeting(parsing: $0) },
    FuzzTarget("RsyncModules") { _ = RsyncModules(parsing: $0) },
    FuzzTarget("S3Reply") { _ = S3Reply(parsing: $0) },
    FuzzTarget("ScanReader") { try readScan($0, as: nil) },
    FuzzTarget("SMTPReply") { _ = try SMTPReply(parsing: $0) },
    FuzzTarget("SSHIdentification") { _ = try SSHIdentification(parsing: $0) },
    FuzzTarget("SSHKeyExchange") { _ = try SSHKeyExchange(parsing: $0) },
    FuzzTarget("TLSAnswer") { _ = try TLSAnswer(parsing: $0) },
    FuzzTarget("TextTemplate") { bytes in
        let text = TextTemplate(String(decoding: bytes, as: UTF8.self))
        precondition(TextTemplate(text.source).source == text.source, "a text's source reads as another text")
        _ = Bindings().textAsFarAsKnown(of: text)
    },
    FuzzTarget("WebAddress") { bytes in
        let text = String(decoding: bytes, as: UTF8.self)
        guard let address = WebAddress(text) else { return }
        precondition(WebAddress(address.description) == address, "an address's text leads to another")
    },
    FuzzTarget("XMLScanner") { bytes in
        var (whole, parts) = (XMLScanner(), XMLScanner())
        let pieces = whole.feed(bytes)
        let middle = bytes.count / 2
        let joined = parts.feed(bytes[..<middle]) + parts.feed(bytes[middle...])
        precondition(pieces == joined, "the pieces depend on where the bytes were cut")
    },
    FuzzTarget("XPath") { bytes in
        let parts = bytes.split(separator: 0, maxSplits: 1)
        guard let path = parts.first, let document = parts.last else { return }
        _ = try XPath(String(decoding: path, as: UTF8.self)).values(in: Array(document))
    },
    FuzzTarget("YAMLReader") { _ = try YAMLReader.read($0) },
    FuzzTarget("ZgrabLines") { try readScan($0, as: ZgrabLines.self) },
    FuzzTarget("ZmapCSV") { try readScan($0, as: ZmapCSV.self) },
]

/// Reads bytes as a scan file, whole and in pieces; what comes out must be in order and be the same.
private func readScan(_ bytes: [UInt8], as form: (any ScanFormat.Type)?) throws {
    var (whole, parts) = (ScanReader(name: "scan", as: form), ScanReader(name: "scan", as: form))
    try whole.feed(bytes)
    let report = try whole.finish().report
    precondition(report.isSound, "a report contradicts itself")
    precondition(SeenPorts(coded: report.open.coded) == report.open, "what is coded is read as something else")
    for start in stride(from: 0, to: bytes.count, by: 13) {
        try parts.feed(Array(bytes[start..<min(start + 13, bytes.count)]))
    }
    precondition(try parts.finish().report == report, "the report depends on where the bytes were cut")
}
