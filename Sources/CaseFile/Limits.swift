import Catalogue
import Domain

/// What was not looked at, in sentences. A reader must be able to tell absence from not having looked.
struct Limits {
    let sentences: [String]

    init(
        context: ReportContext,
        sweeps: [PortSweep],
        runs: [Run],
        entries: [EntryState],
        catalogue: Catalogue
    ) throws {
        var sentences: [String] = []
        let asked = sweeps.map { $0.open.union($0.closed).union($0.noAnswer) }
        let missing = asked.reduce(0) { $0 + context.addresses.subtracting($1).count }
        sentences.append(
            "Only the \(context.ports.count) TCP ports named in the scope were tried; \(65_535 - context.ports.count) others "
                + "were not observed on any address."
        )
        if missing > 0 {
            sentences.append("\(missing) pairs of address and port in scope were not reached by any run.")
        }
        let incomplete = runs.filter { $0.completeness != .complete }
        if !incomplete.isEmpty {
            sentences.append(
                "\(incomplete.count) of \(runs.count) runs did not finish; nothing is concluded from what they missed."
            )
        }
        let unseen = entries.filter { $0.version?.payload == nil }.count
        if unseen > 0 { sentences.append("The bytes of \(unseen) of \(entries.count) entries were never read.") }
        let counts = try catalogue.readingCounts()
        let unread = counts.filter { $0.status != "read" }.reduce(0) { $0 + $1.count }
        if unread > 0 {
            sentences.append("\(unread) files are of a kind that could not be read, or reading them failed.")
        }
        let concealed = try catalogue.concealedCount()
        if concealed > 0 {
            sentences.append(
                "\(concealed) files are withheld or on a list of files never to be opened; none is shown here."
            )
        }
        let waiting = try catalogue.unread().count
        if waiting > 0 { sentences.append("\(waiting) collected files were not read yet.") }
        sentences.append("No credential was sent and no password tried; what needs one was not seen.")
        if runs.contains(where: \.clockWasSimulated) {
            sentences.append("The clock was simulated: this is practice, and its dates are not real.")
        }
        self.sentences = sentences
    }
}
