package import Domain

/// What a check saw open that is no listing of a folder, with the exchanges that show it. The stage compares its content
/// with random names afterwards, the same way for all.
package struct Candidate: Sendable {
    /// An exchange of the proof.
    package struct Step: Sendable {
        package var role: ProofStep.Role
        package var page: Page
        package var shows: String

        package init(_ role: ProofStep.Role, _ page: Page, _ shows: String) {
            (self.role, self.page, self.shows) = (role, page, shows)
        }
    }

    package var kind: DoorKind
    /// Where the door stands.
    package var address: WebAddress
    /// In the order of the proof; what has the role of content is compared with random names.
    package var steps: [Step]
    /// How the content was asked for, and random names will be.
    package var method: Visit.Method = .get
    /// Why it can be no more than likely, or than nobody can tell; nil where nothing is missing.
    package var doubt: (grade: Grade, reason: String)?

    package init(_ kind: DoorKind, _ address: WebAddress, _ steps: [Step]) {
        (self.kind, self.address, self.steps) = (kind, address, steps)
    }

    /// A door whose one page is its content.
    package init(_ kind: DoorKind, content page: Page, _ shows: String) {
        self.init(kind, page.address, [Step(.content, page, shows)])
    }
}
