import Domain
import Foundation
import Logging

/// Acts that wait to be sealed, one in a file: left by commands that only read, while another process may be sealing.
///
/// They are durable when they are left, and go into the ledger when the vault is next opened for writing. Until then
/// nothing but the folder's permissions protects them.
struct Notices {
    /// The most bytes that one is taken with.
    static let longest = 1 << 16
    /// The most that are sealed together.
    static let group = 256
    private static let suffix = ".json"

    let folder: Folder

    init(_ layout: VaultLayout) {
        folder = layout.notices
    }

    func leave(_ act: CustodyAct) throws(VaultError) {
        let bytes = try act.encoded()
        guard bytes.count <= Self.longest else { throw VaultError(.tooLong, "leave word of the act \(act.id)") }
        let digits = String(max(0, (act.ended ?? act.began).microseconds))
        let time = String(repeating: "0", count: max(0, 18 - digits.count)) + digits
        try folder.make()
        try folder.replace("\(time)-\(UUID().uuidString.lowercased())\(Self.suffix)", with: bytes)
        try folder.sync()
    }

    /// Those that wait, in the order of their times.
    func names() throws(VaultError) -> [String] {
        try folder.names().filter { $0.hasSuffix(Self.suffix) }
    }

    /// The bytes of one; nil for what is none: it stays where it is.
    func read(_ name: String) -> [UInt8]? {
        do throws(VaultError) {
            let file = try OpenFile(folder.path(name), for: .reading)
            guard try file.size() <= UInt64(Self.longest) else {
                throw VaultError(.tooLong, "take in a notice", path: file.path)
            }
            return try file.readAll()
        } catch {
            Logger.current.warning("a notice is left where it is", metadata: ["error": "\(error)"])
            return nil
        }
    }

    func remove(_ names: [String]) throws(VaultError) {
        for name in names { try folder.remove(name) }
        try folder.sync()
    }

    /// What a reader of a verification should know of them.
    func remarks() throws(VaultError) -> [String] {
        let count = try names().count
        return count == 0 ? [] : ["\(count) acts in notices/ wait to be sealed by whoever opens the vault next"]
    }
}
