import Domain
import Scope
import Wire

/// Entries that a complete listing no longer shows, and that are to be asked for before they count as removed.
struct AbsenceTask: Sendable {
    struct Entry: Sendable {
        var path: PathName
        var address: WebAddress
        /// A file that the listing now shows where the entry's folder stood.
        var replacedBy: WebAddress?
    }

    var entries: [Entry]
    /// Whether so many are missing that the listing itself is in doubt; a sample then decides for all.
    var isSudden: Bool
}

/// What the server says of an entry that its listing no longer shows.
enum Absence: Sendable {
    /// The server says, asked for it directly, that there is none: by HTTP 404 or 410. At this time.
    case confirmed(Timestamp)
    case unknown(String)
    case interrupted
}

/// How many entries stand for all when a listing shrank suddenly.
private let sampleSize = 5

extension SourceAccess {
    /// Asks for each absent entry.
    func confirm(_ task: AbsenceTask, over line: Line) async throws -> [(PathName, Absence)] {
        var answers: [(PathName, Absence)] = []
        let sample = task.isSudden ? sample(of: task.entries.count) : []
        for index in sample {
            let entry = task.entries[index]
            let absence = try await absence(of: entry, over: line)
            guard case .unknown(let reason) = absence else {
                answers.append((entry.path, absence))
                continue
            }
            let words = "the listing lost more than half of its entries, but \(entry.path.display) gives \(reason)"
            return task.entries.map { ($0.path, .unknown(words)) }
        }
        for (index, entry) in task.entries.enumerated() where !sample.contains(index) {
            answers.append((entry.path, try await absence(of: entry, over: line)))
        }
        return answers
    }

    /// Evenly spread, first and last included.
    private func sample(of count: Int) -> Set<Int> {
        guard count > sampleSize else { return Set(0..<count) }
        return Set((0..<sampleSize).map { $0 * (count - 1) / (sampleSize - 1) })
    }
}

extension SealedFetch {
    /// As much of an answer as is read, when only its status matters.
    private static let answerLength: UInt64 = 64 * 1024

    /// Asks for an absent entry. GET, not HEAD: some servers refuse HEAD for what is there.
    func ask(_ entry: AbsenceTask.Entry, at endpoint: Endpoint) async throws -> Absence {
        switch try await get(entry.address, at: endpoint, upTo: Self.answerLength) {
        case .failure(let error) where error.code == .cancelled: return .interrupted
        case .failure(let error): return .unknown("\(error)")
        case .success(let answer):
            if [404, 410].contains(answer.reply.status) || leadsToFolder(answer.reply, entry.address) {
                return .confirmed(answer.reply.ended)
            }
            // Some servers take what follows a file's name for an argument, and answer with the file.
            if let file = entry.replacedBy, answer.reply.status == 200,
                case .success(let other) = try await get(file, at: endpoint, upTo: Self.answerLength),
                other.reply.status == 200, other.response.payload == answer.response.payload
            {
                return .confirmed(answer.reply.ended)
            }
            return .unknown(answer.words)
        }
    }

    /// Whether the answer sends a file's asker to a folder of the same name: the file is none any more.
    private func leadsToFolder(_ reply: HTTPReply, _ address: WebAddress) -> Bool {
        guard (300..<400).contains(reply.status), let location = reply.headers["location"] else { return false }
        return address.resolving(Array(location.utf8))?.target == address.target + "/"
    }
}
