import Crypto
import Domain
import Foundation
import SystemPackage

extension Blueprint {
    /// The application's own files: its page, and what it is told about the site.
    func applicationFiles(of site: World.Site) -> [String: [UInt8]] {
        Self.resource("Servers/index.php").map { ["index.php": $0] } ?? [:]
    }

    /// Where the application is told about its site: beside the document roots, so that no server hands it out.
    func applicationFile(of site: World.Site) -> FilePath {
        folder.appending("applications").appending("\(site.name ?? site.host).php")
    }

    /// What the application is told.
    ///
    /// The storage server's login page shows a picture of the user's, as such products do: the one trace of where the
    /// data lies.
    func applicationSettings(of site: World.Site, picture: PathName?) -> String {
        // Nobody is told the password: the login is real and shut.
        let secret = seed.bytes(for: "password \(site.name ?? site.host)")
        let hash = SHA256.hash(data: secret).map { String($0, radix: 16) }.joined()
        let title = site.title.replacing("\\", with: "").replacing("'", with: "")
        let isStorage = site.kind == .storage
        let shown = isStorage ? picture.map { "/data/\($0)" } ?? "" : ""
        return """
            <?php
            const TITLE = '\(title)';
            const USER = '\(world.storage.user)';
            const SECRET = '\(hash)';
            const HOME = '\(isStorage ? homePath : "")';
            const PICTURE = '\(shown)';

            """
    }

    /// A file that ships with the program; nil when the program was installed without it.
    static func resource(_ path: String) -> [UInt8]? {
        guard let root = Bundle.module.resourcePath, let data = FileManager.default.contents(atPath: "\(root)/\(path)")
        else { return nil }
        return [UInt8](data)
    }
}
