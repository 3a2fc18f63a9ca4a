import Domain

extension DoorKind {
    /// What a website or service did, as the end of a sentence that begins with its name.
    func inWords(at address: WebAddress) -> String {
        switch self {
        case .dataFolder: "served the contents of \(address) without the session that its login page asks for"
        case .listing: "listed \(address) to anyone, with no login beside it"
        case .anonymousFTP: "let anyone read \(address) by FTP"
        case .rsyncModule: "offered \(address) to anyone by rsync"
        case .unguardedContent: "served content at \(address) without the session that its login page asks for"
        case .repository: "served the store of a version control system at \(address) to anyone"
        case .leftover: "served the left-over file \(address) to anyone"
        case .statusPage: "told anyone of the server's inside at \(address)"
        case .webDAV: "listed \(address) by WebDAV to anyone"
        case .bucket: "listed the keys of the bucket \(address) to anyone"
        case .database: "answered questions to the database \(address) without a credential"
        case .imageRegistry: "listed the container images of \(address) to anyone"
        case .containerEngine: "answered the control interface of its container engine at \(address) to anyone"
        case .zoneTransfer: "gave the whole zone \(address) to anyone who asked for it"
        case .networkShare: "lists \(address) as shared with everyone; it was not mounted"
        case .screen: "offered its screen at \(address) without a password; no picture was taken"
        }
    }
}
