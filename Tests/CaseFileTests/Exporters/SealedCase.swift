import CaseFile
import Domain
import Foundation
import TestSupport
import Vault

/// A vault in which there is one of everything that a bundle must cope with.
struct SealedCase {
    static let noon = Timestamp(seconds: 1_705_320_000)
    /// A day later, when some of it was asked for again.
    static let later = Timestamp(seconds: 1_705_320_000 + 86_400)
    static let base = WebAddress(scheme: .http, host: "files.example", port: 8_080, target: "/share/")

    /// Names that would do harm as paths, as a server would write them in an address.
    static let hostileNames = [
        "..%2F..%2Fetc%2Fpasswd", "%2e%2e", "..", "%2Fabsolute", "-rf", ".bashrc", "~root", "a%00b", "new%0Aline",
        "tab%09",
        "CON", "nul.txt", "%E2%80%AEgpj.exe", "back%5Cslash", "col:on", "%22quoted%22", "semi;colon", "%24(id)",
        "%60id%60",
        "percent%2525", "%ED%95%9C%EA%B5%AD%EC%96%B4.psd", "%B0%A1%B3%AA.hwp", "caf%C3%A9", "cafe%CC%81", "Cut01.png",
        "cut01.png", "%CC%81mark", "trailing.", "blank%20", "=equals", "comma,name.csv",
        String(repeating: "long", count: 100) + ".mov", "both", "both/inside.txt",
        "caf%C3%A9s/composed.txt", "cafe%CC%81s/decomposed.txt",
    ]

    let folder: TemporaryFolder
    let vault: Vault
    var path: String { folder.path + "/vault" }
    /// The answer that a report might show.
    private(set) var exhibit = Seal(leaf: 0, record: "", payload: nil, length: 0)

    init() async throws {
        folder = try TemporaryFolder("export")
        var limits = VaultLimits()
        limits.bodyInMemory = 4_096
        vault = try await Vault.create(
            at: folder.path + "/vault",
            clock: CaseClock(isSimulated: true) { Self.noon },
            limits: limits
        )
        for (number, name) in Self.hostileNames.enumerated() {
            try await seal("/share/\(name)", Array("file \(number)".utf8))
        }
        // With more than one tile of leaves; sealed together, because each alone waits for the disk.
        let begun = self
        try await withThrowingTaskGroup { group in
            for number in 0..<110 {
                group.addTask { _ = try await begun.seal("/share/many/\(number).txt", Array("\(number)".utf8)) }
            }
            try await group.waitForAll()
        }
        try await seal("/share/", Array("<html><title>Index of /share</title></html>".utf8), type: "text/html")
        try await seal("/elsewhere/page", Array("not of the source".utf8))
        try await seal("/share/big.bin", (0..<50_000).map { UInt8(truncatingIfNeeded: $0 * 7) })
        exhibit = try await seal("/share/chunked", Array("in chunks".utf8), isChunked: true).response
        try await seal("/share/again", Array("in chunks".utf8), at: Self.later)
        try await seal("/share/cut01.png", Array("a new cut".utf8), at: Self.later, isChunked: true)
        try await seal("/share/many/1.txt", Array("1".utf8), at: Self.later)
        try await seal("/share/empty", [])
        try await sealUnchanged("/share/chunked", prior: exhibit)
        try await sealOthers()
    }

    @discardableResult
    func seal(
        _ target: String,
        _ content: [UInt8],
        at time: Timestamp = noon,
        type: String = "application/octet-stream",
        isChunked: Bool = false
    ) async throws -> SealedExchange {
        let writer = try await vault.beginExchange(head(target, at: time))
        let size = isChunked ? "Transfer-Encoding: chunked" : "Content-Length: \(content.count)"
        try await writer.append(head: Array("HTTP/1.1 200 OK\r\nContent-Type: \(type)\r\n\(size)\r\n\r\n".utf8))
        if isChunked {
            let raw = Array("\(String(content.count, radix: 16))\r\n".utf8) + content + Array("\r\n0\r\n\r\n".utf8)
            try await writer.append(raw: raw, content: content)
        } else {
            var rest = content[...]
            while !rest.isEmpty {
                try await writer.append(raw: Array(rest.prefix(1_000)), content: Array(rest.prefix(1_000)))
                rest = rest.dropFirst(1_000)
            }
        }
        return try await writer.finish()
    }

    private func sealUnchanged(_ target: String, prior: Seal) async throws {
        var head = head(target, at: Self.later)
        head.prior = prior
        let writer = try await vault.beginExchange(head)
        try await writer.append(head: Array("HTTP/1.1 304 Not Modified\r\nETag: \"x\"\r\n\r\n".utf8))
        _ = try await writer.finish()
    }

    private func sealOthers() async throws {
        let records = [
            ResourceRecord(
                target: "ftp://files.example/pub/readme.txt",
                contentType: "text/plain",
                bytes: Array("by ftp".utf8),
                at: Self.noon
            ),
            ResourceRecord(
                target: "dns:files.example",
                contentType: "application/dns",
                bytes: [1, 2, 3],
                at: Self.noon
            ),
            ResourceRecord(
                target: "ajar:scope",
                contentType: "application/toml",
                bytes: Array("name = 'x'".utf8),
                at: Self.noon,
                kind: .metadata
            ),
        ]
        for record in records { _ = try await vault.seal(record) }
    }

    private func head(_ target: String, at time: Timestamp) -> ExchangeHead {
        let address = WebAddress(scheme: .http, host: Self.base.host, port: Self.base.port, target: target)
        return ExchangeHead(
            address: address,
            endpoint: Endpoint(IPAddress(v4: 0x7f42_0001), 8_080),
            request: Array("GET \(target) HTTP/1.1\r\nHost: \(address.authority)\r\n\r\n".utf8),
            began: time
        )
    }

    /// Exports to a place of its own; gives where it is.
    func export(
        _ exporter: any Exporter,
        _ selection: BundleSelection = .everything,
        to name: String = "bundle-\(UInt64.random(in: 0 ... .max))",
        watch: BundleWatch = BundleWatch(),
        holdingBack holdsBack: @escaping @Sendable (Domain.Digest) -> String? = { _ in nil },
        evenLocked holdsBackLocked: @escaping @Sendable (Domain.Digest) -> String? = { _ in nil }
    ) async throws -> (path: String, bundle: ExportedBundle) {
        let path = "\(folder.path)/\(name)"
        let job = ExportJob(
            contents: try await vault.contents(
                of: selection,
                holdingBack: holdsBack,
                evenLocked: holdsBackLocked
            ),
            output: path,
            title: "A case\u{202e}",
            scope: "what was chosen",
            at: Self.noon,
            attachments: [ExportJob.Attachment(name: "report.html", bytes: Array("<p>".utf8))],
            watch: watch
        )
        return (path, try exporter.write(job))
    }
}

/// The files of a bundle by path relative to it; a bundle that is one file has one.
func files(of bundle: String) throws -> [String] {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: bundle, isDirectory: &isFolder), isFolder.boolValue else {
        return [""]
    }
    return try FileManager.default.subpathsOfDirectory(atPath: bundle).sorted().filter { name in
        var isFolder: ObjCBool = false
        return FileManager.default.fileExists(atPath: "\(bundle)/\(name)", isDirectory: &isFolder)
            && !isFolder.boolValue
    }
}

/// Runs a program to its end; its standard output and standard error together.
func run(_ program: String, _ arguments: [String], in folder: String? = nil) throws -> (status: Int32, text: String) {
    let process = Process()
    let output = Pipe()
    process.executableURL = URL(filePath: program)
    process.arguments = arguments
    if let folder { process.currentDirectoryURL = URL(filePath: folder) }
    process.standardOutput = output
    process.standardError = output
    try process.run()
    let data = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return (process.terminationStatus, String(decoding: data, as: UTF8.self))
}
