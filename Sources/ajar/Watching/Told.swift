import Domain
import Foundation

/// What somebody was told already, and what still waits to be told: `watch.json` in the case's folder.
///
/// It is no evidence. Where it is lost or damaged, things are told once more.
struct Told: Codable, Sendable {
    /// A message that some way out did not take.
    struct Waiting: Codable, Sendable {
        var message: Message
        var channels: [Channel]
    }

    /// Messages that wait at most; the oldest go first.
    static let mostWaiting = 100

    /// Until when the last digest told everything.
    var through: Timestamp?
    /// The day of the last digest.
    var digestDay: Day?
    /// Addresses of doors.
    var doors: Set<String> = []
    /// Sources whose silence was told, by address, and the day since when.
    var silences: [String: Day] = [:]
    /// Rounds that failed since the last digest.
    var failures: [String] = []
    var waiting: [Waiting] = []

    init() {}

    init(reading file: String) {
        guard let data = FileManager.default.contents(atPath: file) else { return }
        do { self = try JSONDecoder().decode(Told.self, from: data) } catch {
            ProgressReport.write("ajar: \(file) cannot be read; what was told is told once more\n")
        }
    }

    func write(to file: String) throws(Complaint) {
        do {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
            try encoder.encode(self).write(to: URL(filePath: file), options: .atomic)
        } catch {
            throw Complaint(.inputOutput, "cannot write \(file): \(error.localizedDescription)")
        }
    }
}
