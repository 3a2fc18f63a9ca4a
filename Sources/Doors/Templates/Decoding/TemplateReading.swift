import Domain

/// What reading one template gave: the template where nothing speaks against running it, and else why not.
package struct TemplateReading: Sendable {
    /// The file, as the folder names it.
    package var file: String
    /// As far as it could be read.
    package var id: String?
    package var refusals: [TemplateRefusal]
    /// Nil where anything refuses it.
    package var template: Template?

    /// Reads a template. `words` gives the contents of a file of payloads by the name that the template has for it.
    package init(
        _ bytes: [UInt8],
        file: String,
        words: @escaping (String) -> [UInt8]? = { _ in nil }
    ) {
        self.file = file
        let root: YAMLNode
        do throws(YAMLReader.Fault) { root = try YAMLReader.read(bytes) } catch {
            refusals = [TemplateRefusal(.yaml, error.what, line: error.line)]
            return
        }
        var decoder = TemplateDecoder(words: words)
        let decoded = decoder.template(root)
        refusals = decoder.report.refusals
        id = root.pairs?.first { $0.key == "id" }?.value.text
        template = refusals.isEmpty ? decoded : nil
    }
}
