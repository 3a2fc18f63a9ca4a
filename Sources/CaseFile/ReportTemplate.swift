package import Domain
import Foundation
import Mustache

/// Turns a report into one HTML file: no script, no outside address, pictures inside.
package struct ReportTemplate: Sendable {
    private let library: MustacheLibrary

    package init() async throws(CaseFileError) {
        guard let folder = Bundle.module.resourceURL?.appending(path: "Templates").path else {
            throw CaseFileError(.templateMissing, "the report's template is not beside the program; install ajar again")
        }
        do {
            library = try await MustacheLibrary(directory: folder)
        } catch {
            throw CaseFileError(.templateMissing, "cannot read the report's template in \(folder): \(error)")
        }
    }

    /// The report as a page. `thumbnail` gives the bytes of a thumbnail, where they still exist.
    package func html(_ report: Report, thumbnail: (Digest) -> [UInt8]?) throws(CaseFileError) -> String {
        guard let html = library.render(ReportPage(report, thumbnail: thumbnail), withTemplate: "report") else {
            throw CaseFileError(.templateMissing, "the report's template 'report' is missing; install ajar again")
        }
        return html
    }
}
