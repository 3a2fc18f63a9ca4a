/// How far a stage has come, for a person who waits.
package struct StageProgress: Hashable, Sendable {
    package var done: Int
    /// Nil while it is not known.
    package var total: Int?
    /// What is counted, such as `addresses`, `files`.
    package var what: String

    package init(done: Int, total: Int?, what: String) {
        self.done = done
        self.total = total
        self.what = what
    }
}
