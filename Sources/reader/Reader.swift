import Domain
import Glibc

/// The confined program: it is given one file after another by its parent and answers with what they say.
@main
struct Reader {
    static func main() {
        let arguments = CommandLine.arguments.dropFirst()
        switch arguments.first {
        case nil: exit(converse())
        case "--version": exit(describe())
        case "--try": exit(attempt(Array(arguments.dropFirst())))
        default:
            complain("it speaks with ajar over its standard input; by hand it knows --version and --try ACT")
            exit(64)
        }
    }

    /// The exit codes are sysexits': 0 when the parent closed the conversation, 69 when a library is missing, 76 when the
    /// conversation broke.
    private static func converse() -> Int32 {
        let channel = FrameChannel.overStandardStreams()
        guard let tools = openTools() else { return 69 }
        let layers = Confinement.enter()
        do {
            try channel.send(ReaderGreeting(version: ReaderProtocol.version, tools: tools.all, layers: layers))
            while let (request, file) = try channel.receive() {
                Confinement.allow(processorSeconds: request.processorSeconds)
                let (reply, thumbnail) = Session(tools: tools).read(file, request)
                try channel.send(reply, body: thumbnail)
            }
            return 0
        } catch {
            complain("the conversation broke: \(error)")
            return 76
        }
    }

    private static func describe() -> Int32 {
        guard let tools = openTools() else { return 69 }
        let layers = Confinement.enter()
        for tool in tools.all { print("\(tool.name) \(tool.version)") }
        for layer in layers {
            print("\(layer.isInForce ? "confined by" : "NOT confined by") \(layer.name): \(layer.detail)")
        }
        return 0
    }

    /// `--try ACT [--file-rules-alone]`: does ACT after confinement; 0 when it was refused.
    private static func attempt(_ arguments: [String]) -> Int32 {
        guard let name = arguments.first, let trial = Trial(rawValue: name) else {
            print(Trial.allCases.map(\.rawValue).joined(separator: " "))
            return 64
        }
        _ = arguments.contains("--file-rules-alone") ? Confinement.enterFileRulesAlone() : Confinement.enter()
        return trial.run() ? 0 : 1
    }

    private static func openTools() -> Tools? {
        do {
            return try Tools()
        } catch {
            complain((error as? ReadError)?.reason ?? "\(error)")
            return nil
        }
    }

    /// One line to standard error. C's `stderr` is a global variable, which Swift 6 does not let through.
    private static func complain(_ text: String) {
        let line = Array("reader: \(text)\n".utf8)
        _ = line.withUnsafeBytes { write(STDERR_FILENO, $0.baseAddress, $0.count) }
    }
}
