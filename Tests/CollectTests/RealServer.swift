import Domain
import Foundation
import TestSupport

/// The servers that listings are collected from.
enum RealServer: String, CaseIterable, Sendable {
    case nginx
    case apache
    case apachePlain
    case lighttpd

    var program: String {
        switch self {
        case .nginx: "nginx"
        case .apache, .apachePlain: "apache2"
        case .lighttpd: "lighttpd"
        }
    }

    /// Serves the folder on a free port of the address while the body runs.
    func serve<Result>(
        _ folder: URL,
        at address: IPAddress,
        _ body: (Endpoint) async throws -> Result
    ) async throws -> Result {
        let root = folder.path(percentEncoded: false)
        switch self {
        case .nginx: return try await withNginx(at: address, server: "root \(root); autoindex on;", body)
        case .apache, .apachePlain:
            return try await withTemporaryFolder("apache") { own in
                let endpoint = Endpoint(address, try freePort(on: address))
                let file = own.appending(path: "apache.conf")
                try Data("text/plain txt\n".utf8).write(to: own.appending(path: "types"))
                try Data(apache(own.path(percentEncoded: false), root, endpoint).utf8).write(to: file)
                let arguments = ["-X", "-f", file.path(percentEncoded: false)]
                let command = Daemon.Command("/usr/sbin/apache2", arguments, listensAt: [endpoint])
                return try await Daemon.running(command) { _ in try await body(endpoint) }
            }
        case .lighttpd:
            return try await withTemporaryFolder("lighttpd") { own in
                let endpoint = Endpoint(address, try freePort(on: address))
                let file = own.appending(path: "lighttpd.conf")
                try Data(lighttpd(root, endpoint).utf8).write(to: file)
                let arguments = ["-D", "-f", file.path(percentEncoded: false)]
                let command = Daemon.Command("/usr/sbin/lighttpd", arguments, listensAt: [endpoint])
                return try await Daemon.running(command) { _ in try await body(endpoint) }
            }
        }
    }

    private func apache(_ own: String, _ root: String, _ endpoint: Endpoint) -> String {
        let modules = ["mpm_event", "authz_core", "dir", "mime", "autoindex"]
            .map { "LoadModule \($0)_module /usr/lib/apache2/modules/mod_\($0).so" }.joined(separator: "\n")
        let options = self == .apache ? "FancyIndexing HTMLTable NameWidth=*" : "-FancyIndexing"
        return """
            ServerRoot \(own)
            PidFile \(own)/pid
            ErrorLog \(own)/errors
            Listen \(endpoint)
            ServerName test
            \(modules)
            User www-data
            Group www-data
            TypesConfig \(own)/types
            DocumentRoot \(root)
            <Directory \(root)>
                Options +Indexes
                Require all granted
                IndexOptions \(options)
            </Directory>
            """
    }

    private func lighttpd(_ root: String, _ endpoint: Endpoint) -> String {
        """
        server.modules = ( "mod_dirlisting", "mod_staticfile" )
        server.stat-cache-engine = "disable"
        server.document-root = "\(root)"
        server.bind = "\(endpoint.address)"
        server.port = \(endpoint.port)
        dir-listing.activate = "enable"
        mimetype.assign = ( ".txt" => "text/plain", "" => "application/octet-stream" )
        """
    }
}
