import Domain

/// Files that machines leave behind: no folder makes them anyone's work.
enum SystemFiles {
    private static let names: Set<String> = [
        "thumbs.db", "desktop.ini", ".ds_store", ".htaccess", "robots.txt", "favicon.ico", "index.html", "index.php",
    ]
    private static let extensions: Set<String> = ["log", "tmp", "lock", "swp", "bak", "lnk", "url"]

    static func contains(_ path: PathName) -> Bool {
        let name = path.lastComponent.display.lowercased()
        if names.contains(name) || name.hasPrefix("._") || name.hasPrefix("~$") { return true }
        let pieces = name.split(separator: ".").dropFirst().map(String.init)
        // access.log and its older brothers, access.log.1 and access.log.2.gz.
        return pieces.last.map(extensions.contains) == true || pieces.contains("log")
    }
}
