import Domain
import Foundation
import TestSupport
import Vault

/// A moment that every test goes by.
let noon = Timestamp(seconds: 1_705_320_000)

let server = Endpoint(IPAddress(v4: 0x7f42_0001), 8080)

/// A clock that stands still, so that the same test gives the same bytes.
let stillClock = CaseClock(isSimulated: true) { noon }

func resource(_ text: String, target: String = "ajar:test") -> ResourceRecord {
    ResourceRecord(target: target, contentType: "text/plain", bytes: Array(text.utf8), at: noon, endpoint: server)
}

func exchange(_ path: String, facts: [String: String] = [:], prior: Seal? = nil) -> ExchangeHead {
    let address = WebAddress(scheme: .http, host: "files.example", target: path)
    let request = Array("GET \(path) HTTP/1.1\r\nHost: files.example\r\n\r\n".utf8)
    return ExchangeHead(
        address: address,
        endpoint: server,
        request: request,
        began: noon,
        facts: facts,
        prior: prior
    )
}

func okHead(_ fields: String...) -> [UInt8] {
    Array((["HTTP/1.1 200 OK"] + fields).map { $0 + "\r\n" }.joined().utf8) + Array("\r\n".utf8)
}

extension Vault {
    /// Seals one exchange whose body is `content`, given in pieces.
    @discardableResult
    func sealExchange(
        _ path: String,
        _ content: [UInt8],
        piece: Int = 100_000,
        truncated: String? = nil
    ) async throws -> SealedExchange {
        let writer = try await beginExchange(exchange(path))
        try await writer.append(head: okHead("Content-Length: \(content.count)"))
        var rest = content[...]
        while !rest.isEmpty {
            let bytes = Array(rest.prefix(piece))
            try await writer.append(raw: bytes, content: bytes)
            rest = rest.dropFirst(piece)
        }
        return try await writer.finish(truncated: truncated)
    }
}

/// Bytes that look like nothing in particular and are the same every time.
func noise(_ count: Int, seed: UInt64) -> [UInt8] {
    var state = seed &* 0x9e37_79b9_7f4a_7c15 | 1
    return (0..<count).map { _ in
        state ^= state << 13
        state ^= state >> 7
        state ^= state << 17
        return UInt8(truncatingIfNeeded: state >> 32)
    }
}

/// The same random numbers every time (SplitMix64).
struct Seeded: RandomNumberGenerator {
    private var state: UInt64

    init(_ seed: UInt64) {
        state = seed
    }

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return mixed ^ (mixed >> 31)
    }
}

/// Runs a program to its end; its standard output and standard error together.
func run(
    _ program: String,
    _ arguments: [String],
    environment: [String: String]? = nil
) async throws -> (status: Int32, text: String) {
    let process = Process()
    let output = Pipe()
    process.executableURL = URL(filePath: program)
    process.arguments = arguments
    if let environment { process.environment = environment }
    process.standardOutput = output
    process.standardError = output
    try process.run()
    let data = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return (process.terminationStatus, String(decoding: data, as: UTF8.self))
}

/// What a stage read from some payloads; the first of them may have a picture.
func reading(of payloads: [Digest], picture: Digest?) -> ReadingOutcome {
    let tool = Tool(name: "t", version: "1")
    let files = payloads.map { input in
        FileReading(
            input: input,
            status: .read,
            type: DetectedType(mime: "text/plain", label: "text", tool: tool),
            readings: [Reading(predicate: "text", value: "told of \(input)", tool: tool)],
            thumbnail: input == payloads.first ? picture : nil
        )
    }
    return ReadingOutcome(job: JobID("j"), run: RunID("r"), completeness: .complete, files: files)
}
