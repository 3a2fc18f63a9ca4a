import Crypto
import Domain
import Foundation

/// The templates of a run in one piece, with the words that they name: sealed, so that it stays known what was asked.
package struct TemplateBook: Codable, Sendable {
    /// Bytes of a book.
    package static let longest = 256 << 20

    package var templates: [TemplateFolder.File]
    /// Files of payloads, by the name that templates have for them.
    package var words: [String: String]

    /// The templates of a folder that run, and what they need.
    package init(_ folder: TemplateFolder) {
        let running = Set(folder.readings().filter { $0.template != nil }.map(\.file))
        templates = folder.templates.filter { running.contains($0.path) }
        var words: [String: String] = [:]
        for file in templates {
            _ = TemplateReading(Array(file.text.utf8), file: file.path) { name in
                let bytes = folder.words(name)
                words[name] = bytes.map { String(decoding: $0, as: UTF8.self) }
                return bytes
            }
        }
        self.words = words
    }

    package init(parsing bytes: [UInt8]) throws(DoorsError) {
        do { self = try JSONDecoder().decode(TemplateBook.self, from: Data(bytes)) } catch {
            throw DoorsError(.templates, "the sealed templates cannot be read: \(error)")
        }
    }

    /// The same bytes for the same templates.
    package func bytes() throws(DoorsError) -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        do { return Array(try encoder.encode(self)) } catch {
            throw DoorsError(.templates, "the templates cannot be written: \(error)")
        }
    }

    /// A template of the book.
    struct Entry: Sendable {
        var template: Template
        /// The SHA-256 of its text and of the words that it names.
        var source: Domain.Digest
    }

    /// Its templates, as they run.
    func entries() throws(DoorsError) -> [Entry] {
        var entries: [Entry] = []
        for file in templates {
            var named: Set<String> = []
            let reading = TemplateReading(Array(file.text.utf8), file: file.path) { name in
                named.insert(name)
                return words[name].map { Array($0.utf8) }
            }
            guard let template = reading.template else { continue }
            var hash = SHA256()
            for part in [file.text] + named.sorted().flatMap({ [$0, words[$0] ?? ""] }) {
                hash.update(data: Array("\(part.utf8.count) ".utf8) + Array(part.utf8))
            }
            guard let source = Domain.Digest(bytes: hash.finalize()) else {
                throw DoorsError(.templates, "\(file.path) has no sum")
            }
            entries.append(Entry(template: template, source: source))
        }
        return entries
    }
}
