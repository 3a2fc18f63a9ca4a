import Domain
import Foundation
import Glibc
import Synchronization

/// Says how far long work has come: a bar on a terminal, a plain line now and then elsewhere, nothing when quiet.
final class ProgressReport: Sendable {
    private struct State {
        var lastShown = ContinuousClock.now
        var isBarShown = false
    }

    private let title: String
    private let isTerminal: Bool
    private let isQuiet: Bool
    // Guards what is on the screen; stages report from many tasks.
    private let state = Mutex(State())

    init(_ title: String, isQuiet: Bool) {
        self.title = title
        self.isQuiet = isQuiet
        isTerminal = isatty(FileHandle.standardError.fileDescriptor) == 1
    }

    func show(_ progress: StageProgress) {
        guard !isQuiet else { return }
        state.withLock { state in
            let now = ContinuousClock.now
            guard now - state.lastShown >= (isTerminal ? .milliseconds(100) : .seconds(10)) else { return }
            state.lastShown = now
            state.isBarShown = isTerminal
            Self.write(isTerminal ? "\r\u{1b}[K" + bar(progress) : line(progress) + "\n")
        }
    }

    /// Takes the bar off the screen.
    func finish() {
        state.withLock { state in
            if state.isBarShown { Self.write("\r\u{1b}[K") }
            state.isBarShown = false
        }
    }

    /// A line for a person, on standard error, so that standard output holds only what was asked for.
    func say(_ text: String) {
        guard !isQuiet else { return }
        finish()
        Self.write(text + "\n")
    }

    private func line(_ progress: StageProgress) -> String {
        "\(title): \(progress.done)\(progress.total.map { " of \($0)" } ?? "") \(progress.what)"
    }

    private func bar(_ progress: StageProgress) -> String {
        guard let total = progress.total, total > 0 else { return line(progress) }
        let width = 30
        let filled = min(width, progress.done * width / total)
        return "[" + String(repeating: "#", count: filled) + String(repeating: ".", count: width - filled) + "] "
            + line(progress)
    }

    static func write(_ text: String) {
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            let written = rest.withUnsafeBytes { Glibc.write(STDERR_FILENO, $0.baseAddress, $0.count) }
            // A terminal that went away must not end a run: what was to be said is then said to nobody.
            guard written > 0 || errno == EINTR else { return }
            rest = rest.dropFirst(max(0, written))
        }
    }
}
