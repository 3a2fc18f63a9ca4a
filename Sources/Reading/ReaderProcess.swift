package import Domain
import Glibc
import Subprocess
import SystemPackage

/// How the confined reader is started, and what it is allowed a file.
package struct ReaderProcess: Sendable {
    /// Where the program is.
    package var path: String
    /// Wall time for one file, after which the reader is killed.
    package var wallLimit: Duration
    /// Processor time for one file, in seconds, after which the kernel kills the reader.
    package var processorSeconds: Int
    /// Of a longer file only the head is sent, and only its type is told.
    package var fileLimit: Int
    /// How many readers run at once; by default one for each processor.
    package var lanes: Int
    /// A reader is replaced after this many files, so that what one file may have done to it does not last.
    package var filesPerReader: Int

    package init(
        path: String,
        wallLimit: Duration = .seconds(60),
        processorSeconds: Int = 60,
        fileLimit: Int = ReaderProtocol.fileLimit,
        lanes: Int = max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))),
        filesPerReader: Int = 500
    ) {
        self.path = path
        self.wallLimit = wallLimit
        self.processorSeconds = processorSeconds
        self.fileLimit = min(fileLimit, ReaderProtocol.fileLimit)
        self.lanes = max(1, lanes)
        self.filesPerReader = max(1, filesPerReader)
    }

    /// Starts a reader, waits for its greeting, runs the body, and ends the reader whatever happens.
    func converse<Result: Sendable>(
        _ body: @Sendable (inout ReaderConversation) async throws -> Result
    ) async throws -> Result {
        Self.ignoreBrokenPipes
        do {
            return try await run(
                .path(FilePath(path)),
                // tesseract would start threads, which the reader's filter refuses; the locale decides how names are read.
                environment: .custom(["OMP_THREAD_LIMIT": "1", "LC_ALL": "C.UTF-8"]),
                platformOptions: options,
                input: .inputWriter,
                output: .sequence,
                error: .discarded
            ) { execution in
                var conversation = ReaderConversation(
                    writer: execution.standardInputWriter,
                    output: execution.standardOutput.makeAsyncIterator(),
                    kill: { execution.endAtOnce() },
                    settings: self
                )
                defer { execution.endAtOnce() }
                try await conversation.greet()
                return try await body(&conversation)
            }.closureResult
        } catch let error as SubprocessError {
            throw ReadingError(.readerMissing, "the reader at \(path) did not start: \(error)")
        }
    }

    private var options: PlatformOptions {
        var options = PlatformOptions()
        options.teardownSequence = []
        // Ctrl-C on a terminal reaches the whole group: a reader that it ended would make its file look at fault.
        options.processGroupID = 0
        return options
    }

    /// What the reader says of itself: its tools, and the layers of its confinement that this kernel gives.
    package func greeting() async throws -> ReaderGreeting {
        try await converse { $0.greeting }
    }

    /// Writing to a reader that died must be an error here, not the end of this process.
    private static let ignoreBrokenPipes: Void = {
        signal(SIGPIPE, SIG_IGN)
    }()
}

extension Execution {
    /// Kills the process; that it is gone already is what is wanted.
    fileprivate func endAtOnce() {
        do {
            try send(signal: .kill)
        } catch {
            return
        }
    }
}

extension ReaderGreeting {
    /// For the settings of a run: which layers hold, and what every tool is.
    package var settings: [String: String] {
        var settings: [String: String] = [:]
        for layer in layers {
            settings["reader.confinement.\(layer.name)"] =
                (layer.isInForce ? "in force: " : "NOT IN FORCE: ") + layer.detail
        }
        for tool in tools { settings["reader.tool.\(tool.name)"] = tool.version }
        return settings
    }
}
