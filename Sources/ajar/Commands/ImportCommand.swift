import ArgumentParser
import Census
import Domain

struct ImportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Take scan files of other programs into the history.",
        discussion: """
            Reads nmap's normal, XML and grepable output, masscan's list and JSON, zmap's CSV and zgrab2's JSON lines, \
            whole or cut off. Each file is sealed; a file of a run that is known is told and not counted twice. Ends with \
            65 where a file was no scan, and with 66 where one could not be read; the others are imported all the same.
            """
    )

    @OptionGroup var options: CaseOptions

    @Argument(help: ArgumentHelp("Scan files.", valueName: "file"), completion: .file())
    var files: [String]

    @Option(help: "From where these scans looked, in your words.")
    var vantage = "not said"

    @Option(
        help: ArgumentHelp("The addresses that were asked, where the files do not say.", valueName: "cidr"),
        transform: ImportCommand.addresses
    )
    var addresses: [AddressSet] = []

    @Option(
        help: ArgumentHelp("The TCP ports that were asked, where the files do not say.", valueName: "list"),
        transform: ImportCommand.ports
    )
    var ports: PortSet?

    @Option(
        help: ArgumentHelp("The zone of times without one: `UTC`, `+09:00`.", valueName: "zone"),
        transform: ImportCommand.zone
    )
    var zone: Int?

    @Option(
        help: ArgumentHelp("When the scan began, where the file does not say.", valueName: "time"),
        transform: ImportCommand.time
    )
    var began: Timestamp?

    func validate() throws {
        guard !files.isEmpty else { throw ValidationError("name a scan file") }
    }

    func run() async throws {
        let (files, vantage) = (files, vantage)
        let hints = ImportHints(
            addresses: addresses.isEmpty ? nil : addresses.reduce(AddressSet()) { $0.union($1) },
            ports: ports,
            zone: zone,
            began: began
        )
        let results = try await Pipeline.on(options) {
            try await $0.importScans(files, vantage: vantage, hints: hints)
        }
        let told = results.filter { $0.standing != .refused }
        if options.json || !told.isEmpty {
            let text = told.map { PathName(bytes: $0.line.utf8).display }.joined(separator: "\n")
            try Output.print(text, or: results, asJSON: options.json)
        }
        for result in results {
            let lines = [result.refusal].compactMap(\.self) + (options.json ? [] : result.faults)
            for line in lines { ProgressReport.write("ajar: \(PathName(bytes: line.utf8).display)\n") }
        }
        if let code = results.map(\.code).max(), code != 0 { throw ExitCode(code) }
    }

    private static func addresses(_ text: String) throws -> AddressSet {
        if let block = CIDR(text) { return AddressSet([block]) }
        guard let set = AddressSet(text) else {
            throw ValidationError("'\(text)' is no range of addresses such as 192.0.2.0/24")
        }
        return set
    }

    private static func ports(_ text: String) throws -> PortSet {
        guard let ports = PortSet(text), !ports.isEmpty else {
            throw ValidationError("'\(text)' is no list of ports such as 1-1024,8080")
        }
        return ports
    }

    private static func zone(_ text: String) throws -> Int {
        guard let zone = ScanTimes.zone(text) else {
            throw ValidationError("'\(text)' is no zone; write UTC or +09:00")
        }
        return zone
    }

    private static func time(_ text: String) throws -> Timestamp {
        guard let time = Timestamp(text) else {
            throw ValidationError("'\(text)' is no time; write 2024-01-15 or 2024-01-15T20:00:00Z")
        }
        return time
    }
}

extension ImportedScan {
    /// What a person must know of the file, in one line.
    fileprivate var line: String {
        let run = run.map { "\($0)" } ?? "no run"
        switch standing {
        case .refused: return "\(file): refused"
        case .sameBytes: return "\(file): the same bytes as a file of \(run); nothing was imported again"
        case .known: return "\(file): of the run \(run), which is known; nothing was counted twice"
        case .imported, .replaced: break
        }
        var parts = [
            "\(file): \(standing == .imported ? "imported as" : "tells more and takes a run's place as") \(run)"
        ]
        parts.append("read as \(format ?? "")")
        if let census {
            parts.append("\(census.answering) hosts answered, \(census.open) ports open (\(census.reach.words))")
            if let failure = census.failure {
                parts.append("a failed run: \(failure)")
            } else if case .incomplete(let reason) = census.completeness {
                parts.append("unfinished: \(reason)")
            }
        }
        if !faults.isEmpty { parts.append("\(faults.count) things not understood") }
        return parts.joined(separator: "; ")
    }
}
