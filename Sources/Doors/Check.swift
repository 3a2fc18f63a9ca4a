package import Domain

/// One way of looking for doors on a website.
///
/// A check asks only through the visit it is given, which seals every exchange and keeps the budget. It names folders
/// that it has seen listed and other ways in with the exchanges that show them, and explains what looked like a door and
/// is none; the proof is made afterwards, the same way for all. It must end on any answers: silence, garbage, a server
/// that answers everything.
package protocol Check: Sendable {
    /// The name in doors and in rejections. It never changes.
    var name: String { get }
    func look(at visit: Visit) async throws(DoorsError) -> Findings
}

/// What a check found.
package struct Findings: Sendable {
    /// A folder whose contents the server lists.
    package struct Folder: Hashable, Sendable {
        package var address: WebAddress
        package var kind: DoorKind

        package init(address: WebAddress, kind: DoorKind) {
            self.address = address
            self.kind = kind
        }
    }

    package var folders: [Folder] = []
    /// Ways in that are no listing.
    package var candidates: [Candidate] = []
    package var rejections: [DoorRejection] = []

    package init() {}
}

/// Every check there is.
///
/// To add one: a file in `Checks/`, and a line here. See `docs/adding-a-door.md`; the tests do the rest.
package let checks: [any Check] = [
    DataFolderCheck(), UnguardedCheck(), ListingCheck(), RepositoryCheck(), LeftoverCheck(), StatusPageCheck(),
    WebDAVCheck(), BucketCheck(), SearchIndexCheck(), CouchDBCheck(), ImageRegistryCheck(), ContainerEngineCheck(),
]
