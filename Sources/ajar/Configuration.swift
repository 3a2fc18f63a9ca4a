import Domain
import Foundation
import TOMLKit
import Vault

/// The settings of a case, from `ajar.toml` in its folder. What the file leaves out has the default given here.
///
/// What may be contacted, and how fast, is no setting: it stands in `scope.toml`.
struct Configuration: Codable, Equatable, Sendable {
    /// Addresses asked at the same time in a sweep. Bounded by the open files that the system allows.
    var sweepConcurrency = 2_000
    /// Seconds to wait for an answer to a connection attempt.
    var connectSeconds = 2.0
    /// Connections to one server while collecting.
    var collectConnections = 4
    /// Days after which an unchanged file is read again in any case, because some changes keep size and time.
    var rereadAfterDays = 7
    /// The part of all unchanged files that is drawn by chance and read again a day, 0 to 1.
    var auditShare = 0.05
    /// Bytes of one file that collection takes at most.
    var maximumFileBytes: UInt64 = 64 << 30
    /// Reader processes at a time; 0 means as many as the machine has cores.
    var readers = 0
    /// Folders with place databases and address lists, besides the case's own `lists`.
    var dataFolders = ["~/.local/share/ajar", "/usr/local/share/ajar"]
    /// Who works with the case, as the ledger shall name them; without it the account and the machine, `user@host`.
    var actor: String?
    /// A file with the certificates (PEM) of those who vouch for the authority of time-stamps that the scope names.
    var timeStampRoots: String?
    /// Where the ledger's signing key lies, when it is kept outside the case folder.
    var keyFile: String?
    /// Days on which no update is expected, such as `2024-02-10`: they count for no silence.
    var holidays: [String] = []
    /// Where `ajar watch` tells what is new, as the table `[watch]`.
    var watch: WatchSettings?
    /// An S3-compatible store of one's own for segments that are full, as the table `[store]`.
    var store: StoreSettings?

    /// Reads a file; a missing one means the defaults. Keys that mean nothing are refused.
    static func load(_ path: String) throws(Complaint) -> Configuration {
        guard FileManager.default.fileExists(atPath: path) else { return Configuration() }
        do {
            let table = try TOMLTable(string: String(contentsOfFile: path, encoding: .utf8))
            let optional = ["actor", "keyFile", "store", "timeStampRoots", "watch"]
            let allowed = try Set(TOMLTable(string: Configuration.template).keys).union(optional)
            if let unknown = table.keys.filter({ !allowed.contains($0) }).min() {
                throw Complaint(
                    .configuration,
                    "\(path): unknown key '\(unknown)'; allowed are \(allowed.sorted().joined(separator: ", "))"
                )
            }
            for (part, keys) in [("store", StoreSettings.keys), ("watch", WatchSettings.keys)] {
                guard let unknown = table[part]?.table?.keys.filter({ !keys.contains($0) }).min() else { continue }
                let allowed = keys.sorted().joined(separator: ", ")
                throw Complaint(
                    .configuration,
                    "\(path): unknown key '\(unknown)' in [\(part)]; allowed are \(allowed)"
                )
            }
            // Decoding starts from the defaults, so that a file names only what differs.
            let merged = try TOMLTable(string: Configuration.template)
            for key in table.keys { merged[key] = table[key] }
            let configuration = try TOMLDecoder().decode(Configuration.self, from: merged)
            if let problem = configuration.problem { throw Complaint(.configuration, "\(path): \(problem)") }
            return configuration
        } catch let complaint as Complaint {
            throw complaint
        } catch let error as TOMLParseError {
            throw Complaint(.configuration, "\(path):\(error.source.begin.line): \(error.description)")
        } catch {
            throw Complaint(.configuration, "\(path): \(error)")
        }
    }

    /// What is wrong with the settings' values, and what is allowed.
    private var problem: String? {
        if !(1...100_000).contains(sweepConcurrency) { return "sweepConcurrency is 1 to 100000" }
        if !(0.01...600).contains(connectSeconds) { return "connectSeconds is 0.01 to 600" }
        if !(1...64).contains(collectConnections) { return "collectConnections is 1 to 64" }
        if !(0...36_500).contains(rereadAfterDays) { return "rereadAfterDays is 0 to 36500" }
        if !(0...1).contains(auditShare) { return "auditShare is 0 to 1" }
        if let actor, !(1...200).contains(actor.count) || actor.contains(where: \.isNewline) {
            return "actor is one line of 1 to 200 characters"
        }
        if let day = holidays.first(where: { Day($0) == nil }) {
            return "holidays: '\(day)' is no day; write 2024-02-10"
        }
        if let problem = watch?.problem { return "[watch]: \(problem)" }
        if let problem = store?.problem { return "[store]: \(problem)" }
        return (0...256).contains(readers) ? nil : "readers is 0 to 256"
    }

    /// The defaults as a file.
    static var template: String {
        get throws { try TOMLEncoder().encode(Configuration()) }
    }

    /// The settings in force, as a file.
    func text() throws(Complaint) -> String {
        do { return try TOMLEncoder().encode(self) } catch {
            throw Complaint(.software, "cannot write the settings: \(error)")
        }
    }
}
