import Crypto
import Domain
import Foundation
import SystemPackage

/// The copies of the server's own log that lie in the user's home, one for each day with a batch.
///
/// The log only grows, so every copy is a beginning of the last one: the pool keeps that one whole, and where each ends.
struct LogCopies: Codable {
    /// One copy, and the day whose lines are its last.
    struct Copy: Codable {
        var day: Day
        var logged: Day
        var payload: Domain.Digest
        var length: Int
    }

    /// The world and the seed that the log was made of.
    var key: String
    /// Oldest first.
    var copies: [Copy]

    private static let wholeName = "access.log"

    /// The copy that lies there on a day.
    func copy(on day: Day) -> Copy? { copies.last { $0.day <= day } }

    /// Reads what an earlier call left in the pool, or writes it.
    static func prepare(for country: Country, contents: StorageContents, pool: FilePath) throws(LabError) -> LogCopies {
        let text = Array("\(country.seed.number)\n\(country.world.source)".utf8)
        let key = SHA256.hash(data: text).map { String($0, radix: 16) }.joined(separator: ".")
        let index = pool.appending("log-copies.json")
        if Files.exists(index) {
            // An index of another world, or a torn one, is made anew.
            let known = try? JSONDecoder().decode(LogCopies.self, from: Data(try Files.read(index)))
            if let known, known.key == key { return known }
        }
        let (made, log) = try make(for: country, contents: contents, key: key)
        try Files.write(log, to: pool.appending(wholeName))
        do {
            try Files.write([UInt8](try JSONEncoder().encode(made)), to: index)
        } catch let error as LabError {
            throw error
        } catch {
            throw LabError(.storage, "cannot be written: \(error)", at: index.string)
        }
        return made
    }

    /// Puts the bytes of a copy into the pool, under their digest.
    static func place(_ copy: Copy, in pool: FilePath) throws(LabError) {
        let blob = pool.appending("\(copy.payload)")
        guard !Files.exists(blob) else { return }
        try Files.write(Array(try Files.read(pool.appending(wholeName)).prefix(copy.length)), to: blob)
    }

    private static func make(
        for country: Country,
        contents: StorageContents,
        key: String
    ) throws(LabError) -> (LogCopies, [UInt8]) {
        let book = try AccessLogContents(world: country.world.accessLog, contents: contents)
        var (hash, log, copies) = (SHA256(), [UInt8](), [Copy]())
        var next = country.world.firstDay
        for day in contents.truth.batchDays.sorted() where day > next {
            while next < day {
                let lines = book.lines(on: next)
                hash.update(data: lines)
                log += lines
                next = next.adding(1)
            }
            guard let payload = Domain.Digest(bytes: hash.finalize()), !log.isEmpty else { continue }
            copies.append(Copy(day: day, logged: day.adding(-1), payload: payload, length: log.count))
        }
        return (LogCopies(key: key, copies: copies), log)
    }
}
